"""The pairs of a finished join ↔ bytes, so that a build that was stopped later on need not take it again."""

import numpy as np

from generator.arrays import pack_arrays, unpack_arrays
from generator.formula import Pairs


def pack_pairs(pairs: Pairs, digest: bytes) -> bytes:
    """Turn pairs into bytes.

    Args:
        pairs: Pairs.
        digest: Bytes, the digest of what they are the pairs of.

    Returns:
        Bytes.
    """
    parts = {
        "lighter": pairs.lighter.astype("<i4"),
        "heavier": pairs.heavier.astype("<i4"),
        "shared": pairs.shared.astype("<i8"),
    }
    return digest + pack_arrays(parts)


def unpack_pairs(packed: bytes | None, digest: bytes) -> Pairs | None:
    """Turn what `pack_pairs` gave back into pairs.

    Args:
        packed: Bytes, or None.
        digest: Bytes.

    Returns:
        Pairs, or None where there are none, or those of something else.
    """
    if packed is None or packed[: len(digest)] != digest:
        return None
    try:
        parts = unpack_arrays(packed[len(digest) :])
        return Pairs(*(parts[name].astype(np.int64) for name in ("lighter", "heavier", "shared")))
    except (ValueError, TypeError, KeyError):
        return None
