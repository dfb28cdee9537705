"""What finding keeps from one build to the next: the postings of articles, and how they scored."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.again import Drawer
from generator.agreement import Agreement
from generator.arrays import Arrays, pack_arrays, unpack_arrays
from generator.fingerprint import Particulars, Posting, fingerprint_counted
from generator.formula import Pairs
from generator.found import Found
from generator.joining import Join
from generator.parts import Hold, Spread, choose
from generator.prepare import weights_of
from generator.rules import FindRules
from generator.score import list_found, score_articles
from generator.scored import DIGEST, FormulaKeys, Scored, carry_over
from generator.values import Article

# From how many articles on anything is kept: fewer are done anew in the time that looking up takes.
_FEWEST = 500
# How many articles share one entry, about, and the most entries: so few are written anew where one article changes.
_TOGETHER = 128
_MOST_ENTRIES = 256


def are_enough(articles: Sequence[Article]) -> bool:
    """Whether articles are so many that it is worth the while to keep what comes of them.

    Args:
        articles: Sequence of Article.

    Returns:
        Boolean.
    """
    return len(articles) >= _FEWEST


def fingerprint_all(
    articles: Sequence[Article], digests: Sequence[bytes], drawer: Drawer | None, spread: Spread, hold: Hold = list
) -> Sequence[Posting]:
    """The postings of articles, made only where none is kept.

    Args:
        articles: Sequence of Article.
        digests: Sequence of bytes, the digest of each.
        drawer: Drawer, or None to keep nothing.
        spread: Spread.
        hold: Hold.

    Returns:
        Sequence of Posting.
    """
    # Processes find the lists of words loaded, and to load them is not taken for the work of the first article.
    for language in {article.language for article in articles}:
        weights_of(language)
    if drawer is None or not are_enough(articles):
        return hold(spread(fingerprint_counted, articles))
    entries = min(_MOST_ENTRIES, 1 << max(0, len(articles) // _TOGETHER - 1).bit_length())
    places: dict[bytes, int] = {}
    whole = []

    def list_postings() -> Iterator[Posting]:
        for entry in range(entries):
            held = _unpack_postings(drawer.get(f"postings {entries} {entry}"))
            # Their names alone: postings may be held elsewhere than in memory.
            whole.append(set(held))
            for digest, posting in held.items():
                places[digest] = len(places)
                yield posting
        missing = {d: article for article, d in zip(articles, digests, strict=True) if d not in places}
        places.update(zip(missing, count(len(places)), strict=False))
        yield from spread(fingerprint_counted, missing.values())

    postings = choose(hold(list_postings()), np.array([places[digest] for digest in digests]))
    wanted: list[dict[bytes, int]] = [{} for _ in range(entries)]
    for at, digest in enumerate(digests):
        wanted[int.from_bytes(digest[:2], "little") % entries][digest] = at
    for entry, own in enumerate(wanted):
        if own.keys() != whole[entry]:
            packed = _pack_postings({digest: postings[at] for digest, at in own.items()})
            drawer.put(f"postings {entries} {entry}", packed)
    return postings


def find_again(
    ids: Sequence[str],
    postings: Sequence[Posting],
    rules: FindRules,
    join: Join,
    spread: Spread,
    *,
    digests: Mapping[str, bytes],
    drawer: Drawer,
    name: str,
) -> Found:
    """All matches of articles in one language, as `find_scored` gives them; only what changed is scored.

    Args:
        ids: Sequence of strings, the articles' ids.
        postings: Sequence of Posting, of the same articles.
        rules: FindRules.
        join: Join.
        spread: Spread.
        digests: Mapping from id to the digest of an article.
        drawer: Drawer.
        name: String that tells these articles from others of the same build.

    Returns:
        Found.
    """
    name = f"scored {name} {rules.threshold!r}"
    now = np.frombuffer(b"".join(digests[one] for one in ids), dtype=DIGEST)
    last = _unpack_scored(drawer.get(name))
    scored = score_articles(postings, rules, join, carry_over(last, now), spread)
    drawer.put(name, _pack_scored(scored))
    return list_found(ids, postings, rules, scored, spread)


_PARTS = ("keys", "weights", "figures", "places", "owners", "names", "days", "order", "stems")
_NARROW = {"weights": "<i4", "owners": "<i4", "days": "<u4", "stems": "<u4"}
_WIDE = {"weights": np.int32, "owners": np.int64, "days": np.uint16, "stems": np.uint32}


def _part(posting: Posting, name: str) -> NDArray[Any]:
    return np.asarray(getattr(posting if hasattr(posting, name) else posting.particulars, name))


def _pack_postings(postings: Mapping[bytes, Posting]) -> bytes:
    arrays: Arrays = {"digests": np.frombuffer(b"".join(postings), dtype=DIGEST)}
    for name in _PARTS:
        parts = [_part(posting, name) for posting in postings.values()]
        lengths = np.array([len(part) for part in parts], dtype="<i4")
        held = np.concatenate(parts) if parts else np.zeros(0, dtype="<u8")
        arrays |= {f"{name} of each": lengths, name: held.astype(_NARROW.get(name, "<u8"))}
    arrays["totals"] = np.array([posting.total for posting in postings.values()], dtype="<i8")
    return pack_arrays(arrays)


def _unpack_postings(packed: bytes | None) -> dict[bytes, Posting]:
    if packed is None:
        return {}
    try:
        arrays = unpack_arrays(packed)
        parts = [
            _split(arrays[name].astype(_WIDE.get(name, np.uint64), copy=False), arrays[f"{name} of each"])
            for name in _PARTS
        ]
        told = zip(arrays["digests"].tolist(), arrays["totals"].tolist(), *parts, strict=True)
        return {
            digest: Posting(keys, weights, total, Particulars(figures, places, owners, names, days), order, stems)
            for digest, total, keys, weights, figures, places, owners, names, days, order, stems in told
        }
    except (ValueError, TypeError, KeyError):
        return {}


def _split(whole: NDArray[Any], lengths: NDArray[Any]) -> list[NDArray[Any]]:
    ends = [0, *np.cumsum(lengths).tolist()]
    if ends[-1] != len(whole):
        raise ValueError("the lengths of the parts don't come to the whole")
    return [whole[start:end] for start, end in pairwise(ends)]


def _pack_scored(scored: Scored) -> bytes:
    near, agreement, formula, pairs = scored.near, scored.agreement, scored.formula, scored.pairs
    small = {
        "near lighter": near.lighter,
        "near heavier": near.heavier,
        "same": agreement.same,
        "other": agreement.other,
        "opposed": agreement.opposed,
        "owners": formula.owners,
        "lighter": pairs.lighter,
        "heavier": pairs.heavier,
    }
    large = {
        "near shared": near.shared,
        "tellings": scored.tellings,
        "held": formula.tellings,
        "aside": scored.aside,
        "shared": pairs.shared,
    }
    return pack_arrays(
        {name: part.astype("<i4") for name, part in small.items()}
        | {name: part.astype("<i8") for name, part in large.items()}
        | {"digests": scored.digests, "alike": scored.alike, "keys": formula.keys, "scores": scored.scores}
    )


def _unpack_scored(packed: bytes | None) -> Scored | None:
    if packed is None:
        return None
    try:
        a: dict[str, Any] = {
            name: part.astype(np.int64) if part.dtype == "<i4" else part for name, part in unpack_arrays(packed).items()
        }
        near = Pairs(a["near lighter"], a["near heavier"], a["near shared"])
        agreement = Agreement(a["same"], a["other"], a["opposed"])
        formula = FormulaKeys(a["owners"], a["keys"], a["held"])
        pairs = Pairs(a["lighter"], a["heavier"], a["shared"])
        return Scored(a["digests"], near, agreement, a["alike"], a["tellings"], formula, a["aside"], pairs, a["scores"])
    except (ValueError, TypeError, KeyError):
        return None
