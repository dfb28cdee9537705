"""What finding reports among new articles and those of an archive: every pair but those of two archived articles.

A score depends on formula, and formula on other articles: on look-alikes, and on those that retell these. So the archive is
searched for what the new articles need, new x all, and only these articles are scored.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from generator.agreement import Counts, Flags, Shares, compare_days, compare_figures, compare_names
from generator.fingerprint import Posting, fingerprint, fingerprint_counted
from generator.formula import ALIKE, RETOLD, TELLINGS, Pairs, find_alike, find_formula
from generator.found import NAMED, CommonPassage, Formula, Found, Match
from generator.joining import Join
from generator.overlap import measure_overlaps
from generator.parties import fold_name, fold_source, source_of
from generator.parts import Spread, choose
from generator.raising import EVIDENCE, MOST
from generator.rules import FindRules
from generator.same_figures import pair_by_figures
from generator.score import find_scored
from generator.stack import stack
from generator.values import Article, Corpus

Pair = TypeVar("Pair", Match, CommonPassage)


def find_reported(
    articles: Sequence[Article],
    postings: Sequence[Posting],
    rules: FindRules,
    join: Join,
    score: Callable[[Sequence[str], Sequence[Posting], FindRules, Join, Spread], Found] = find_scored,
    spread: Spread = map,
) -> Found:
    """All matches of articles in one language, but those of two articles of the archive.

    Args:
        articles: Sequence of Article.
        postings: Sequence of Posting, of the same articles.
        rules: FindRules.
        join: Join.
        score: Callable that gives what `find_scored` gives.
        spread: Spread.

    Returns:
        Found; the scores are those that all these articles give together, and the passages are of new articles alone.
    """
    fresh = np.array([not article.archive for article in articles], dtype=np.bool_)
    if not fresh.any():
        return Found()
    chosen = np.arange(len(articles)) if fresh.all() else _find_related(postings, fresh, rules.threshold, join, spread)
    scored = score([articles[i].id for i in chosen], choose(postings, chosen), rules, join, spread)
    new = {article.id for article in articles if not article.archive}
    matches = tuple(match for match in scored.matches if match.a in new or match.b in new)
    reported = tuple(leave_out_same(matches, articles, rules.ignore_same))
    matched = {name for match in reported for name in (match.a, match.b)}
    formula = tuple(own for own in scored.formula if own.article in matched)
    passages = (passage for passage in scored.passages if passage.a in new and passage.b in new)
    told = tuple(leave_out_same(passages, articles, rules.ignore_same))
    found = Found(reported, formula, len(matches) - len(reported), told)
    return _with_boilerplate(found, {article.id: article for article in articles if article.boilerplate}, articles)


def _with_boilerplate(found: Found, marked: Mapping[str, Article], articles: Iterable[Article]) -> Found:
    """What was found without boilerplate, as readers see it: the reuse of whole articles, and what was set aside."""
    if not marked:
        return found
    by_id = {article.id: article for article in articles}
    tellings = {own.article: own.tellings for own in found.formula}
    matches = []
    for match in found.matches:
        if match.a in marked or match.b in marked:
            overlaps = measure_overlaps((by_id[match.a], by_id[match.b]))
            match = replace(match, a_in_b=float(overlaps[0, 1]), b_in_a=float(overlaps[1, 0]))
        matches.append(match)
    for name in {name for match in matches for name in (match.a, match.b)} & marked.keys():
        keys = np.setdiff1d(fingerprint(marked[name]).keys, fingerprint_counted(marked[name]).keys)
        if len(keys):
            tellings[name] = dict.fromkeys(keys.tolist(), NAMED) | tellings.get(name, {})
    formula = tuple(Formula(name, tellings[name]) for name in sorted(tellings))
    return replace(found, matches=tuple(matches), formula=formula)


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
    return fold_source(source_of(article)) if name == "source" else fold_name(article.author)


def _find_related(postings: Sequence[Posting], fresh: Flags, threshold: float, join: Join, spread: Spread) -> Counts:
    """The numbers of the new articles, and of all that their scores depend on.

    An article's formula depends on its look-alikes, and these count by what retells them. That of the new articles is found
    first. Then an archived one may match where their score could reach the threshold, were all of it formula that can be.
    """
    stacked = stack(postings, spread=spread)
    totals = np.array([posting.total for posting in postings], dtype=np.int64)

    def look_around(wanted: Flags, least: float) -> tuple[Pairs, Flags]:
        """The look-alikes of some articles with what retells these: their pairs, and which articles they are."""
        alike = join(stacked, totals, least, wanted)
        others = _in_pairs(alike, wanted) & ~wanted
        retold = join(stacked, totals, RETOLD, others) if others.any() else alike
        both = [np.concatenate(rows) for rows in zip(_rows(alike), _rows(retold), strict=True)]
        _, once = np.unique(both[0] * len(postings) + both[1], return_index=True)
        return Pairs(*(row[once] for row in both)), _in_pairs(retold, others) | wanted

    near, related = look_around(fresh, ALIKE)
    alike, tellings = find_alike(totals, near, compare_figures(postings, near.lighter, near.heavier, spread))
    formula, _ = find_formula(stacked, tellings, near.only(alike), fresh, spread)
    holders = np.bincount(stacked.columns, minlength=stacked.shape[1])
    may_be = (holders[stacked.columns] > TELLINGS + 1) & ~np.repeat(fresh, np.diff(stacked.starts))
    may_be[formula] = True
    lightest = totals - stacked.weigh(np.flatnonzero(may_be))[1]
    # A score is at most the shared weight as a share of EVIDENCE. A hair less is asked, since quotients are rounded.
    least = threshold * (1 - 2**-40)
    pairs = join(stacked.without(formula), np.maximum(lightest, EVIDENCE), least / MOST, fresh)
    likely = _score_at_most(pairs, lightest, postings) >= least
    core = _in_pairs(Pairs(*(row[likely] for row in _rows(pairs))), fresh)
    # The same figures raise a score however low it is.
    core = _in_pairs(pair_by_figures(postings, join, fresh), core) & ~fresh
    if core.any():
        related |= look_around(core, ALIKE)[1]
    return np.flatnonzero(related)


def _score_at_most(pairs: Pairs, lightest: Counts, postings: Sequence[Posting]) -> Shares:
    """What telling can make of the score of pairs at most, given the least that their articles may weigh without formula."""
    least = np.minimum(lightest[pairs.lighter], lightest[pairs.heavier])
    scores: Shares = (
        pairs.shared / np.maximum(np.maximum(least, pairs.shared), 1) * np.minimum(1, pairs.shared / EVIDENCE)
    )
    scores *= MOST * compare_figures(postings, pairs.lighter, pairs.heavier).factor
    scores *= compare_days(postings, pairs.lighter, pairs.heavier)
    # Which of the two is lighter without its formula is not known yet.
    either = (pairs.lighter, pairs.heavier), (pairs.heavier, pairs.lighter)
    return scores * np.maximum(*(compare_names(postings, one, other) for one, other in either))


def _rows(pairs: Pairs) -> tuple[Counts, Counts, Counts]:
    return pairs.lighter, pairs.heavier, pairs.shared


def _in_pairs(pairs: Pairs, others: Flags) -> Flags:
    """Which articles stand in pairs, or are some others."""
    found = others.copy()
    found[pairs.lighter] = found[pairs.heavier] = True
    return found
