"""The pairs of a finished join ↔ bytes, so that a build that was stopped later on need not take it again."""

import hashlib

import numpy as np

from generator.agreement import Counts, Flags
from generator.arrays import pack_arrays, unpack_arrays
from generator.formula import Pairs
from generator.stack import Stack


def digest_join(stacked: Stack, masses: Counts, least: float, wanted: Flags | None, lighter: bool) -> bytes:
    """Tell what a join is asked for from all else.

    Args:
        stacked: Stack, as in Join; so are the others.
        masses: Array of integers.
        least: Share.
        wanted: Array of booleans, or None.
        lighter: Boolean.

    Returns:
        Bytes, 32 of them.
    """
    whole = hashlib.sha256(repr((stacked.shape, least, lighter)).encode())
    for part in (stacked.starts, stacked.columns, stacked.weights, masses, *([] if wanted is None else [wanted])):
        whole.update(np.ascontiguousarray(part).data)
    return whole.digest()


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
