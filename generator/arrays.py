"""Named arrays ↔ bytes, for the cache. What is read back are numbers and nothing else: no bytes are ever run."""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]

_HEAD = 8
# By numpy's own names, with the order of bytes: booleans, whole numbers, floats, and bytes of a fixed number.
_TYPES = frozenset({"|b1", "<i4", "<i8", "<u4", "<u8", "<f8", "|V16"})


def pack_arrays(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Turn arrays into bytes.

    Args:
        arrays: Mapping from name to array of one dimension.

    Returns:
        Bytes.

    Raises:
        ValueError: Where an array holds what can't be kept.
    """
    parts = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    head = [[name, part.dtype.str, len(part)] for name, part in parts.items()]
    if not {kind for _, kind, _ in head} <= _TYPES:
        raise ValueError(f"arrays of {sorted({str(kind) for _, kind, _ in head} - _TYPES)} can't be kept")
    told = json.dumps(head).encode()
    return b"".join([len(told).to_bytes(_HEAD, "little"), told, *(part.tobytes() for part in parts.values())])


def unpack_arrays(packed: bytes) -> Arrays:
    """Turn what `pack_arrays` gave back into arrays.

    Args:
        packed: Bytes.

    Returns:
        Dictionary from name to array that can't be written to.

    Raises:
        ValueError: Where it is something else, as TypeError.
    """
    at = _HEAD + int.from_bytes(packed[:_HEAD], "little")
    arrays = {}
    for name, kind, count in json.loads(packed[_HEAD:at]):
        if kind not in _TYPES:
            raise ValueError(f"arrays of {kind} are not kept")
        dtype = np.dtype(kind)
        arrays[name] = np.frombuffer(packed, dtype, count, at)
        at += count * dtype.itemsize
    return arrays
