"""Two articles, or two lots of them → what a build would say of them."""

from collections.abc import Sequence
from dataclasses import replace

from generator.anonymise import anonymise
from generator.cluster import make_cluster
from generator.compare.report import cluster_jobs, number_pairs, pair_jobs, report_cluster
from generator.engines.base import Engine
from generator.evidence import Direction
from generator.findings import PlacedPassage, Provenance
from generator.found import Match, PairNumbers
from generator.frozen import dataclass
from generator.identity import make_provenance
from generator.names_left import find_left, show_left
from generator.overlap import measure_overlaps
from generator.percent import show_beside, show_bound
from generator.placing import place_passages
from generator.rules import Settings
from generator.settings import list_changed, published_settings
from generator.spill import change
from generator.values import Article, Corpus, Report

LEAST = 2.0**-20
"""Share, a threshold that every pair reaches which shares anything."""
_UNASKED = Direction("", "too little is shared to say that either took from the other")


@dataclass(frozen=True, slots=True)
class Paired:
    """Two articles compared.

    Attributes:
        report: Report of both articles, whether they match or not.
        provenance: Provenance.
        score: Share; 0.0 where they share nothing, or are in different languages.
        reported: Boolean, whether a build of these two would report them.
        reason: String, one sentence: why they would not be reported; empty where they would.
    """

    report: Report
    provenance: Provenance
    score: float
    reported: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Lots:
    """Two lots of articles compared.

    Attributes:
        pairs: Tuple of PairNumbers, the highest score first; `match.a` and `match.b` in the order of their ids.
        passages: Tuple of PlacedPassage: what articles of other pairs share word for word, the longest first.
    """

    pairs: tuple[PairNumbers, ...]
    passages: tuple[PlacedPassage, ...]


def pair_articles(a: Article, b: Article, settings: Settings, engine: Engine, digest: str = "") -> Paired:
    """Compare two articles, whether they match or not.

    Args:
        a: Article.
        b: Article; where it has the id of the other, it is given another.
        settings: Settings.
        engine: Engine.
        digest: String, the digest of what both were read from, or empty.

    Returns:
        Paired.
    """
    (a,), (b,) = distinct((a,), (b,))
    a, b = _in_one_language(a, b)
    articles = {article.id: article for article in sorted((a, b), key=lambda article: article.id)}
    matches = engine.find_matches(
        tuple(articles.values()), replace(settings.find, threshold=LEAST, ignore_same=())
    ).matches
    score = matches[0].score if matches else 0.0
    ids, overlaps = tuple(articles), measure_overlaps(tuple(articles.values()))
    match = Match(ids[0], ids[1], score, float(overlaps[0, 1]), float(overlaps[1, 0]))
    cluster = make_cluster(ids, overlaps, articles)
    report = report_cluster(cluster_jobs((match,), (cluster,), articles)[0], settings.compare)
    provenance = make_provenance(digest, published_settings(settings), list_changed(settings))
    reported = a.language == b.language and score >= settings.find.threshold
    if reported:
        return Paired(report, provenance, score, reported, "")
    left_open = tuple(replace(comparison, direction=_UNASKED) for comparison in report.comparisons)
    reason = _why_not(a, b, score, settings.find.threshold)
    return Paired(replace(report, comparisons=left_open), provenance, score, reported, reason)


def pair_lots(one: Sequence[Article], other: Sequence[Article], settings: Settings, engine: Engine) -> Lots:
    """Find what two lots of articles share; what is shared inside a lot is left out.

    Args:
        one: Sequence of Article.
        other: Sequence of Article, with ids that the first lot does not have (see `distinct`).
        settings: Settings.
        engine: Engine.

    Returns:
        Lots.
    """
    articles = {article.id: article for article in sorted((*one, *other), key=lambda article: article.id)}
    first = {article.id for article in one}
    found = engine.find_matches(tuple(articles.values()), replace(settings.find, ignore_same=()))
    matches = [match for match in found.matches if (match.a in first) != (match.b in first)]
    jobs = pair_jobs(matches, (), articles)
    pairs = [pair for job in jobs for pair in number_pairs(job, settings.compare)]
    passages = [passage for passage in found.passages if (passage.a in first) != (passage.b in first)]
    return Lots(
        tuple(sorted(pairs, key=lambda pair: (-pair.match.score, pair.match.a, pair.match.b))),
        place_passages(passages, (), articles),
    )


def distinct(one: Sequence[Article], other: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[Article, ...]]:
    """Give articles of the second lot other ids, where the first lot has theirs.

    Args:
        one: Sequence of Article.
        other: Sequence of Article.

    Returns:
        Pair of tuples of Article.
    """
    taken = {article.id for article in one} | {article.id for article in other}
    given = {article.id for article in one}
    renamed = []
    for article in other:
        name, number = article.id, 2
        while name in given or (name != article.id and name in taken):
            name, number = f"{article.id}-{number}", number + 1
        given.add(name)
        renamed.append(change(article, id=name))
    return tuple(one), tuple(renamed)


def hide_names(one: Corpus, other: Corpus, settings: Settings) -> tuple[Corpus, Corpus, tuple[str, ...]]:
    """Give the articles of two lots neutral names, where the settings ask for them.

    Args:
        one: Corpus.
        other: Corpus.
        settings: Settings.

    Returns:
        The two with what was left out of them as it was, and a tuple of strings: where names still stand, for the one who
        compares and for nobody else.
    """
    if not settings.site.anonymise:
        return one, other, ()
    first, second = distinct(one.articles, other.articles)
    together = Corpus(tuple(sorted((*first, *second), key=lambda article: article.id)), (), "")
    hidden = anonymise(together, key=settings.site.anonymise_key)
    known = {article.id: article for article in hidden.corpus.articles}

    def veiled(corpus: Corpus, articles: Sequence[Article]) -> Corpus:
        named = sorted((known[hidden.ids[article.id]] for article in articles), key=lambda article: article.id)
        return replace(corpus, articles=tuple(named), digest=hidden.corpus.digest)

    left = tuple(find_left(known.values(), known, hidden.names))
    return veiled(one, first), veiled(other, second), tuple(show_left(left, hidden.paths))


def _in_one_language(a: Article, b: Article) -> tuple[Article, Article]:
    """Take an article that does not tell its language for one in the other's."""
    if a.language == "und":
        return replace(a, language=b.language), b
    return (a, replace(b, language=a.language)) if b.language == "und" else (a, b)


def _why_not(a: Article, b: Article, score: float, threshold: float) -> str:
    if a.language != b.language:
        why = f"one is in {a.language}, the other in {b.language}, and a build compares articles of one language."
    elif not score:
        why = "they share no word that is rare enough to weigh anything."
    else:
        why = f"their score of {show_beside(score, threshold)} is below the threshold of {show_bound(threshold)}."
    return f"These two would not be reported: {why}"
