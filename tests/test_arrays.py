"""Arrays come back from the cache as they were, and nothing but numbers does."""

import json

import numpy as np
import pytest

from generator.arrays import pack_arrays, unpack_arrays

ARRAYS = {
    "none": np.zeros(0, dtype="<i8"),
    "flags": np.array([True, False, True]),
    "keys": np.array([2**64 - 1, 0, 7], dtype="<u8"),
    "shares": np.array([0.1, 1 / 3]),
    "digests": np.frombuffer(bytes(range(48)), dtype="V16"),
}


def test_arrays_come_back_as_they_were():
    back = unpack_arrays(pack_arrays(ARRAYS))
    assert back.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert back[name].dtype == array.dtype
        assert back[name].tobytes() == array.tobytes()


def test_objects_are_neither_kept_nor_read():
    with pytest.raises(ValueError, match="can't be kept"):
        pack_arrays({"evil": np.array([print], dtype=object)})
    head = json.dumps([["evil", "|O", 1]]).encode()
    with pytest.raises(ValueError, match="not kept"):
        unpack_arrays(len(head).to_bytes(8, "little") + head + bytes(8))


@pytest.mark.parametrize("length", range(0, 200, 7))
def test_what_is_cut_short_is_refused(length):
    with pytest.raises((ValueError, TypeError)):
        unpack_arrays(pack_arrays(ARRAYS)[:length])
