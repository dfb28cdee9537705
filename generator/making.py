"""What was found → clusters, comparisons, pages and tables: all that a build makes once the articles are read."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain

from generator.again import NO_SHELF, Drawer, Shelf, do_again, name_value
from generator.anonymise import Hidden
from generator.archive import keep_matched
from generator.clustering import cluster_again, count_again
from generator.compare.once import forget
from generator.compare.readability import remember
from generator.compare.report import cluster_jobs, number_pairs, pair_jobs
from generator.engines.base import Engine
from generator.export import export_tables
from generator.findings import Findings
from generator.fingerprint import remember as remember_postings
from generator.found import Found, PairNumbers
from generator.identity import add_reviews, make_provenance
from generator.outputs import Output
from generator.pages.site import find_surroundings, make_other_pages
from generator.placing import place_passages
from generator.render import make_environment, static_outputs
from generator.retell import Telling, tell_all
from generator.reviews import Reviews, settle
from generator.rules import Settings
from generator.search import index_articles
from generator.settings import list_changed, published_settings
from generator.tell import Task, render_pages
from generator.template_folders import own_digest, own_folder, templates_folder
from generator.values import Corpus, LeftOut
from generator.watch import UNWATCHED, Watch


def find_anew(
    hidden: Hidden, settings: Settings, engine: Engine, built_on: str, watch: Watch, drawer: Drawer | None
) -> Findings:
    """Find what matches among articles, cluster it, and add what reviewers said.

    Args:
        hidden: Hidden, the articles and reviews under the names that they are shown by.
        settings: Settings.
        engine: Engine.
        built_on: String, an ISO 8601 date, or empty.
        watch: Watch.
        drawer: Drawer, where work of the last build is kept, or None.

    Returns:
        Findings.
    """
    found = engine.find_matches(hidden.corpus.articles, settings.find, drawer)
    corpus = keep_matched(hidden.corpus, found)
    watch.begin("Clustering")
    return with_reviews(find_all(corpus, found, settings, engine, built_on, drawer), hidden.reviews)


def find_all(
    corpus: Corpus, found: Found, settings: Settings, engine: Engine, built_on: str, drawer: Drawer | None = None
) -> Findings:
    """Cluster the matches, and measure what they join.

    Args:
        corpus: Corpus.
        found: Found.
        settings: Settings.
        engine: Engine.
        built_on: String, an ISO 8601 date, or empty.
        drawer: Drawer, where clusters of the last build are kept, or None.

    Returns:
        Findings.
    """
    matches = found.matches
    articles = {article.id: article for article in corpus.articles}
    clusters = cluster_again(found, articles, settings.find.threshold, engine, drawer)
    inside = {member for cluster in clusters for member in cluster.members}
    alone = [article for article in corpus.articles if article.id not in inside]
    return Findings(
        corpus=corpus,
        clusters=tuple(sorted(clusters, key=lambda cluster: (-cluster.strongest, cluster.anchor))),
        matches=matches,
        formula=found.formula,
        ignored=found.ignored,
        frequent=len(found.frequent),
        sizes=dict(zip((article.id for article in alone), count_again(alone, engine, drawer), strict=True)),
        provenance=make_provenance(
            corpus.digest,
            published_settings(settings),
            list_changed(settings),
            built_on,
            own_digest(own_folder(settings.site.templates)),
        ),
        passages=place_passages(found.passages, clusters, articles),
    )


def with_reviews(findings: Findings, reviews: Reviews) -> Findings:
    """Add what reviewers said to what was found.

    Args:
        findings: Findings.
        reviews: Reviews.

    Returns:
        Findings; files of reviews that could not be used stand among what was left out.
    """
    corpus = findings.corpus
    left_out = merge_left_out(corpus.left_out, reviews.left_out)
    return replace(
        findings,
        corpus=replace(corpus, left_out=left_out),
        reviewed=settle(reviews.marks, {article.id: article for article in corpus.articles}),
        provenance=add_reviews(findings.provenance, reviews.digest),
    )


def merge_left_out(*lots: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Put together what was left out.

    Args:
        lots: Iterables of LeftOut.

    Returns:
        Tuple of LeftOut, sorted by path.
    """
    return tuple(sorted(chain.from_iterable(lots), key=lambda item: item.path))


def make_outputs(
    findings: Findings, settings: Settings, engine: Engine, watch: Watch = UNWATCHED, shelf: Shelf = NO_SHELF
) -> Iterator[Output]:
    """All files of the site.

    Args:
        findings: Findings.
        settings: Settings.
        engine: Engine.
        watch: Watch.
        shelf: Shelf, where clusters that were told before are kept.

    Yields:
        Output.
    """
    articles = {article.id: article for article in findings.corpus.articles}
    jobs = cluster_jobs(findings.matches, findings.clusters, articles, findings.formula)
    tasks = list(map(Task, jobs, find_surroundings(findings)))
    templates, own = templates_folder(), own_folder(settings.site.templates)
    telling = Telling(findings.provenance, settings, (templates, own), shelf)
    rows, entries, pairs = [], [], list[PairNumbers]()
    for one in watch("Comparing", tell_all(tasks, telling, engine), len(tasks)):
        yield from one.outputs
        rows.append(one.row)
        entries.append(one.entry)
        pairs += one.pairs
    waiting = list(pair_jobs(findings.matches, findings.clusters, articles))
    work = partial(engine.map, partial(number_pairs, rules=settings.compare))
    batches = do_again(shelf.drawer, f"pairs {settings.compare}", waiting, name_value, work, list[PairNumbers])
    pairs += chain.from_iterable(watch("Measuring pairs", batches, len(waiting)))
    pages = make_other_pages(findings, rows, settings.site)
    others = chain.from_iterable(engine.map(partial(render_pages, folders=(templates, own)), [pages]))
    tables = export_tables(findings, entries, pairs)
    if settings.site.search:
        yield from watch("Indexing", index_articles(findings))
    yield from watch("Listing", chain(others, tables, static_outputs(templates, settings.site.public, own)))


def forget_all() -> None:
    """Let go of templates, which somebody may change, and of articles, which keep the file open in which their texts lie."""
    make_environment.cache_clear()
    remember_postings(())
    remember(())
    forget()
