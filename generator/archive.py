"""What finding reports among new articles and those of an archive: every pair but those of two archived articles.

A score depends on formula, and formula on other articles: on look-alikes, and on those that retell these. So the archive is
searched for what the new articles need, new x all, and only these articles are scored.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

import numpy as np

from generator.agreement import Counts, Flags
from generator.fingerprint import Posting, Stack, stack
from generator.formula import ALIKE, RETOLD, TELLINGS, Pairs
from generator.found import CommonPassage, Found, Match
from generator.rules import FindRules
from generator.score import EVIDENCE, find_scored
from generator.values import Article, Corpus

Pair = TypeVar("Pair", Match, CommonPassage)


class JoinSome(Protocol):
    """A Join that can be asked for the pairs of some articles only."""

    def __call__(self, stacked: Stack, masses: Counts, least: float, wanted: Flags | None = None) -> Pairs:
        """All Pairs whose shared weight reaches a share of the lighter.

        Args:
            stacked: Stack.
            masses: Array of integers, shape (n,): the weight of each article.
            least: Share.
            wanted: Array of booleans, shape (n,): at least one article of a pair is one of these; None for all pairs.

        Returns:
            Pairs.
        """
        ...


def find_reported(articles: Sequence[Article], postings: Sequence[Posting], rules: FindRules, join: JoinSome) -> Found:
    """All matches of articles in one language, but those of two articles of the archive.

    Args:
        articles: Sequence of Article.
        postings: Sequence of Posting, of the same articles.
        rules: FindRules.
        join: JoinSome.

    Returns:
        Found; the scores are those that all these articles give together, and the passages are of new articles alone.
    """
    fresh = np.array([not article.archive for article in articles], dtype=np.bool_)
    if not fresh.any():
        return Found()
    chosen = np.arange(len(articles)) if fresh.all() else _find_related(postings, fresh, rules.threshold, join)
    scored = find_scored([articles[i].id for i in chosen], [postings[i] for i in chosen], rules, join)
    new = {article.id for article in articles if not article.archive}
    matches = tuple(match for match in scored.matches if match.a in new or match.b in new)
    reported = tuple(leave_out_same(matches, articles, rules.ignore_same))
    matched = {name for match in reported for name in (match.a, match.b)}
    formula = tuple(own for own in scored.formula if own.article in matched)
    passages = (passage for passage in scored.passages if passage.a in new and passage.b in new)
    told = tuple(leave_out_same(passages, articles, rules.ignore_same))
    return Found(reported, formula, len(matches) - len(reported), told)


def leave_out_same(matches: Iterable[Pair], articles: Iterable[Article], same: Sequence[str]) -> Iterator[Pair]:
    """Leave out the matches, or passages, of articles that have something in common.

    Args:
        matches: Iterable of Match or of CommonPassage.
        articles: Iterable of Article, all of these matches.
        same: Sequence of strings, `source`, `author` or `folder`; an unknown source or author is nobody else's.

    Yields:
        The others, in their order.
    """
    by_id = {article.id: article for article in articles} if same else {}
    for match in matches:
        if not any(in_same((by_id[match.a], by_id[match.b]), name) for name in same):
            yield match


def in_same(pair: tuple[Article, Article], name: str) -> bool:
    """Whether two articles have something in common.

    Args:
        pair: Pair of Article.
        name: String, `source`, `author` or `folder`; an unknown source or author is nobody else's.

    Returns:
        Boolean.
    """
    one, other = (_has(article, name) for article in pair)
    return bool(one) and one == other


def keep_matched(corpus: Corpus, found: Found) -> Corpus:
    """Leave out archived articles that match nothing: nobody asks for them.

    Args:
        corpus: Corpus.
        found: Found.

    Returns:
        Corpus.
    """
    if not corpus.archive:
        return corpus
    matched = {name for match in found.matches for name in (match.a, match.b)}
    kept = tuple(article for article in corpus.articles if not article.archive or article.id in matched)
    return replace(corpus, articles=kept)


def _has(article: Article, name: str) -> str:
    if name == "folder":
        return "/" + article.path.rpartition("/")[0]
    return " ".join((article.source if name == "source" else article.author).casefold().split())


def _find_related(postings: Sequence[Posting], fresh: Flags, threshold: float, join: JoinSome) -> Counts:
    """The numbers of the new articles, and of all that their scores depend on.

    An archived article may match a new one where they share enough of what can't be formula of the lighter: only what more than
    TELLINGS other articles hold can be. Its own formula depends on its look-alikes, and these count by what retells them.
    """
    stacked = stack(postings)
    totals = np.array([posting.total for posting in postings], dtype=np.int64)
    holders = np.bincount(stacked.columns, minlength=stacked.shape[1])
    patterned = holders[stacked.columns] > TELLINGS + 1
    may_be_formula = np.bincount(stacked.rows[patterned], stacked.weights[patterned], len(postings)).astype(np.int64)
    # A score is at most the shared weight as a share of EVIDENCE.
    lightest = np.minimum(totals, np.maximum(totals - may_be_formula, EVIDENCE))

    def grow(wanted: Flags, masses: Counts, least: float) -> Flags:
        joined = wanted.copy()
        if wanted.any():
            pairs = join(stacked, masses, least, wanted)
            joined[pairs.lighter] = joined[pairs.heavier] = True
        return joined

    core = grow(fresh, lightest, min(ALIKE, threshold))
    alike = core | grow(core & ~fresh, totals, ALIKE)
    return np.flatnonzero(alike | grow(alike & ~core, totals, RETOLD))
