"""Two articles among others → why they were matched or not: what counted most, what was set aside, how a build tells them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from generator.archive import in_same, leave_out_same
from generator.engines.base import Engine
from generator.fingerprint import Posting, fingerprint, fingerprint_counted, name_keys
from generator.found import Found
from generator.frequent import leave_out
from generator.frozen import dataclass
from generator.percent import show_beside, show_bound
from generator.rules import CompareRules, FindRules
from generator.score import score_pair, share
from generator.standing import ALONE, SharedPassage, Standing, find_standing, share_passages
from generator.values import Article

_COMPARE = CompareRules()

TWIN = "~twin"
"""What the id of an article's twin ends with; no id of an article that was read holds such a sign."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A word, or two neighbouring words, that stand in both articles.

    Attributes:
        text: String, as it is compared: normalised and casefolded.
        share: Share of all that the lighter article holds, by weight.
    """

    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why two articles are matched or not.

    Attributes:
        matched: Boolean.
        score: Share, or None where the articles are in different languages.
        threshold: Share.
        a_in_b: Share by weight, the reuse of the first article in the second.
        b_in_a: Share by weight, the reuse of the second article in the first.
        reason: String, one sentence.
        counted: Tuple of Shared, the heaviest first: what both hold and what is formula of neither.
        set_aside: Tuple of Shared, the heaviest first: what both hold and what is formula of either.
        passages: Tuple of SharedPassage, the longest first.
        told_apart: Boolean; true where a build shows their longest passages as passages in common of articles that are no pair.
        standing: Standing.
    """

    matched: bool
    score: float | None
    threshold: float
    a_in_b: float
    b_in_a: float
    reason: str
    counted: tuple[Shared, ...]
    set_aside: tuple[Shared, ...]
    passages: tuple[SharedPassage, ...]
    told_apart: bool
    standing: Standing


def explain(
    articles: Sequence[Article],
    a: Article,
    b: Article,
    rules: FindRules,
    engine: Engine,
    compare: CompareRules = _COMPARE,
) -> Why:
    """Tell why two articles are matched or not.

    Args:
        articles: Sequence of Article, all that are compared with one another; both are among them.
        a: Article.
        b: Article, another one.
        rules: FindRules.
        engine: Engine.
        compare: CompareRules, which say how long a passage is at least.

    Returns:
        Why; its score is the one that a build of these articles gives.
    """
    found = _find_among(articles, a, b, rules, engine)
    score = _score_of(a, b, found) if a.language == b.language else None
    posts = fingerprint(a), fingerprint(b)
    _, at, _ = np.intersect1d(posts[0].keys, posts[1].keys, assume_unique=True, return_indices=True)
    aside = {key for own in found.formula if own.article in (a.id, b.id) for key in own.tellings}
    held = dict(zip(posts[0].keys[at].tolist(), posts[0].weights[at].tolist(), strict=True))
    lighter = min(post.total for post in posts)
    names = name_keys(a)
    barred = _barred(a, b, rules)
    reason = barred or _common(score, rules.threshold, {a.id, b.id}, found)
    matched = score is not None and score >= rules.threshold and not reason
    return Why(
        matched=matched,
        score=score,
        threshold=rules.threshold,
        a_in_b=share(sum(held.values()), posts[0].total),
        b_in_a=share(sum(held.values()), posts[1].total),
        reason=reason or _reason(a, b, posts, score, rules.threshold),
        counted=_heaviest((key for key in held if key not in aside), held, names, lighter),
        set_aside=_heaviest((key for key in held if key in aside), held, names, lighter),
        passages=share_passages(a, b, compare),
        told_apart=not (a.archive or b.archive or barred) and any({p.a, p.b} == {a.id, b.id} for p in found.passages),
        standing=_stand(articles, (a.id, b.id), found, rules),
    )


def _find_among(articles: Sequence[Article], a: Article, b: Article, rules: FindRules, engine: Engine) -> Found:
    """What is found among all articles of the two's languages, with the formula of these two."""
    # Two articles of the archive have a score too, though a build does not ask for it.
    peers = [
        replace(article, archive=False) if article.id in (a.id, b.id) else article
        for article in articles
        if article.language in (a.language, b.language)
    ]
    # Formula is given of articles that match something. A twin matches, and changes nothing else: reprints are one telling.
    twins = [replace(article, id=f"{article.id}{TWIN}", archive=False) for article in (a, b)]
    return engine.find_matches([*peers, *twins], replace(rules, ignore_same=()))


def _stand(articles: Sequence[Article], pair: tuple[str, str], found: Found, rules: FindRules) -> Standing:
    """How a build tells the two, from what was found with their twins and with pairs that a build leaves out."""
    known = {article.id: article for article in articles}
    matches = [
        match
        for match in found.matches
        if match.a in known and match.b in known and not (known[match.a].archive and known[match.b].archive)
    ]
    reported = list(leave_out_same(matches, articles, rules.ignore_same))
    return find_standing(pair, reported, found.formula, known, rules.threshold) if reported else ALONE


def _score_of(a: Article, b: Article, found: Found) -> float:
    """The score of a pair: the one that was found, or where it is below the threshold, made of what is formula of either."""
    for match in found.matches:
        if {match.a, match.b} == {a.id, b.id}:
            return match.score
    formula = {own.article: own.tellings for own in found.formula}
    one, other = leave_out([fingerprint_counted(a), fingerprint_counted(b)], np.array(found.frequent, dtype=np.uint64))
    return score_pair(one, other, (formula.get(a.id, {}).keys(), formula.get(b.id, {}).keys()))


def _heaviest(
    keys: Iterable[int], weights: Mapping[int, int], names: Mapping[int, str], whole: int
) -> tuple[Shared, ...]:
    ordered = sorted(keys, key=lambda key: (-weights[key], names[key]))
    return tuple(Shared(names[key], share(weights[key], whole)) for key in ordered)


def _barred(a: Article, b: Article, rules: FindRules) -> str:
    """Why a build leaves out a pair whatever its score; empty where it does not."""
    if a.archive and b.archive:
        return "Not reported: both are in the archive, and pairs with a new article are reported."
    same = [name for name in rules.ignore_same if in_same((a, b), name)]
    return f"Not reported: both have one {same[0]}, and find.ignore_same leaves such pairs out." if same else ""


def _common(score: float | None, threshold: float, pair: set[str], found: Found) -> str:
    """Why a pair whose score reaches the threshold was not found; empty where it was."""
    if score is None or score < threshold or any({match.a, match.b} == pair for match in found.matches):
        return ""
    return (
        f"Not matched: their score of {show_beside(score, threshold)} reaches the threshold of {show_bound(threshold)}, "
        "but they share nothing rare: too many other articles hold each word and pair of words that both have."
    )


def _reason(a: Article, b: Article, posts: tuple[Posting, Posting], score: float | None, threshold: float) -> str:
    if a.language != b.language:
        return f"Not matched: one is in {a.language}, the other in {b.language}; articles of one language are compared."
    if not min(post.total for post in posts):
        return "Not matched: one of them holds no word that is rare enough to weigh anything."
    if score is not None and score >= threshold:
        return (
            f"Matched: their score of {show_beside(score, threshold)} reaches the threshold of {show_bound(threshold)}."
        )
    return f"Not matched: their score of {show_beside(score or 0, threshold)} is below the threshold of {show_bound(threshold)}."
