"""Two articles among others → why they were matched or not: what counted most, what was set aside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from generator.archive import in_same
from generator.engines.base import Engine
from generator.fingerprint import Posting, fingerprint, name_keys
from generator.found import Found
from generator.rules import FindRules
from generator.score import share
from generator.values import Article

FLOOR = 0.02
"""Share: a score below it is not looked for, since nearly all pairs of a large folder share that much."""


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
        score: Share, or None where it is below FLOOR or the articles are in different languages.
        threshold: Share.
        a_in_b: Share by weight, the reuse of the first article in the second.
        b_in_a: Share by weight, the reuse of the second article in the first.
        reason: String, one sentence.
        counted: Tuple of Shared, the heaviest first: what both hold and what is formula of neither.
        set_aside: Tuple of Shared, the heaviest first: what both hold and what is formula of either.
    """

    matched: bool
    score: float | None
    threshold: float
    a_in_b: float
    b_in_a: float
    reason: str
    counted: tuple[Shared, ...]
    set_aside: tuple[Shared, ...]


def explain(articles: Sequence[Article], a: Article, b: Article, rules: FindRules, engine: Engine) -> Why:
    """Tell why two articles are matched or not.

    Args:
        articles: Sequence of Article, all that are compared with one another; both are among them.
        a: Article.
        b: Article, another one.
        rules: FindRules.
        engine: Engine.

    Returns:
        Why; its score is the one that a build of these articles gives.
    """
    # Two articles of the archive have a score too, though a build does not ask for it.
    peers = [
        replace(article, archive=False) if article.id in (a.id, b.id) else article
        for article in articles
        if article.language == a.language
    ]
    found = Found()
    score = None
    if a.language == b.language:
        # Formula is given of articles that match something. A twin matches, and changes nothing else: reprints are one telling.
        twins = [replace(article, id=f"{article.id}{TWIN}", archive=False) for article in (a, b)]
        score, found = _find_score([*peers, *twins], {a.id, b.id}, replace(rules, ignore_same=()), engine)
    posts = fingerprint(a), fingerprint(b)
    _, at, _ = np.intersect1d(posts[0].keys, posts[1].keys, assume_unique=True, return_indices=True)
    aside = {key for own in found.formula if own.article in (a.id, b.id) for key in own.tellings}
    held = dict(zip(posts[0].keys[at].tolist(), posts[0].weights[at].tolist(), strict=True))
    lighter = min(post.total for post in posts)
    names = name_keys(a)
    barred = _barred(a, b, rules)
    matched = score is not None and score >= rules.threshold and not barred
    return Why(
        matched=matched,
        score=score,
        threshold=rules.threshold,
        a_in_b=share(sum(held.values()), posts[0].total),
        b_in_a=share(sum(held.values()), posts[1].total),
        reason=barred or _reason(a, b, posts, score, rules.threshold),
        counted=_heaviest((key for key in held if key not in aside), held, names, lighter),
        set_aside=_heaviest((key for key in held if key in aside), held, names, lighter),
    )


def _find_score(
    articles: Sequence[Article], wanted: set[str], rules: FindRules, engine: Engine
) -> tuple[float | None, Found]:
    """The score of a pair; the threshold is lowered step by step, since at a low one nearly all pairs would be listed."""
    threshold, found = rules.threshold, Found()
    while threshold >= FLOOR:
        found = engine.find_matches(articles, replace(rules, threshold=threshold))
        for match in found.matches:
            if {match.a, match.b} == wanted:
                return match.score, found
        threshold /= 2
    return None, found


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


def _reason(a: Article, b: Article, posts: tuple[Posting, Posting], score: float | None, threshold: float) -> str:
    if a.language != b.language:
        return f"Not matched: one is in {a.language}, the other in {b.language}; articles of one language are compared."
    if not min(post.total for post in posts):
        return "Not matched: one of them holds no word that is rare enough to weigh anything."
    if score is None:
        return f"Not matched: their score is under {FLOOR:g}; the threshold is {threshold:g}."
    if score >= threshold:
        return f"Matched: their score of {score:.2f} reaches the threshold of {threshold:g}."
    return f"Not matched: their score of {score:.2f} is below the threshold of {threshold:g}."
