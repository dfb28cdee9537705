"""The whole flow: read, find matches, cluster, compare, page, render, write."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from generator.again import Drawer, do_again, name_value
from generator.anonymise import hide_names, warn_of_names
from generator.archive import keep_matched
from generator.cache import Cache
from generator.clustering import cluster_again, count_again
from generator.compare.once import forget
from generator.compare.readability import measure_readability, remember
from generator.compare.report import cluster_jobs, number_pairs, pair_jobs
from generator.digests import with_digests
from generator.engines.base import Engine
from generator.errors import CacheError, WriteError
from generator.export import export_tables
from generator.findings import Findings
from generator.fingerprint import remember as remember_postings
from generator.found import Found, PairNumbers
from generator.identity import add_reviews, make_provenance
from generator.outputs import Output, Summary
from generator.pages.site import find_surroundings, make_other_pages
from generator.placing import place_passages
from generator.read.archives import read_all
from generator.read.boilerplate import mark_boilerplate
from generator.read.reviews import find_reviews, read_reviews
from generator.read.walk import Place, folder_of, place_of
from generator.render import (
    check_own,
    make_environment,
    own_digest,
    own_folder,
    static_outputs,
    templates_folder,
)
from generator.retell import NO_SHELF, Shelf, Telling, tell_all
from generator.reviews import Reviews, settle
from generator.rules import Settings
from generator.search import find_program, index_articles
from generator.settings import list_changed, list_shaping, published_settings
from generator.tell import Task, render_pages
from generator.unchanged import Memory, name_making, open_drawer
from generator.values import Article, Corpus, LeftOut
from generator.watch import UNWATCHED, Watch
from generator.write import Manifest, refuse_foreign, write_site

FEW = 500
"""Integer: up to so many articles are measured while one process alone finds which of them are in clusters."""


def build_site(
    content: Place,
    site: Path,
    settings: Settings,
    engine: Engine,
    *,
    built_on: str = "",
    force: bool = False,
    watch: Watch = UNWATCHED,
    cache: Cache | None = None,
) -> Summary:
    """Build the site of a folder of articles.

    Args:
        content: Place of the folder.
        site: Path of the site folder.
        settings: Settings.
        engine: Engine.
        built_on: String, an ISO 8601 date to be shown on the pages, or empty.
        force: Boolean; true replaces a site folder that twicetold did not write.
        watch: Watch.
        cache: Cache, or None to do without.

    Returns:
        Summary.

    Raises:
        CacheError: Where the cache lies inside one of the two folders.
        ContentError: Where there is nothing to build from.
        EngineError: Where the engine can't run.
        RenderError: Where a template can't be rendered.
        WriteError: Where the site can't be written.
    """
    places = (content, *map(place_of, settings.read.against))
    refuse_places(places, site, cache, force)
    check_own(settings.site.templates)
    _forget_last()
    watch.begin("Checking")
    reviews = read_reviews(find_reviews(content, settings.site.reviews))
    own = own_digest(own_folder(settings.site.templates))
    making = name_making(list_shaping(settings), built_on, own, settings.site.anonymise_key) if cache else ""
    named = tuple(map(Path, filter(None, [settings.find.boilerplate])))
    memory = Memory.of(cache, (*places, *named), site, f"{making} {reviews.digest}")
    if last := memory.recall():
        return last
    shelf = Shelf(making, cache, own, open_drawer(cache, site))
    summary, manifest = build_anew(content, site, settings, engine, built_on, force, watch, shelf, reviews)
    if own_digest(own_folder(settings.site.templates)) == own:
        memory.record(summary, manifest)
    return summary


def build_anew(
    content: Place,
    site: Path,
    settings: Settings,
    engine: Engine,
    built_on: str,
    force: bool,
    watch: Watch,
    shelf: Shelf,
    reviews: Reviews,
) -> tuple[Summary, Manifest]:
    """Build a site from its first stage to its last.

    Args:
        content: Place, as in build_site; so are all but the last two.
        site: Path.
        settings: Settings.
        engine: Engine.
        built_on: String.
        force: Boolean.
        watch: Watch.
        shelf: Shelf, where clusters that were told before are kept.
        reviews: Reviews.

    Returns:
        Summary, and the Manifest of what was written.

    Raises:
        SettingsError: Where the texts are to be searched, and Pagefind is not installed.
    """
    if settings.site.search:
        find_program()
    read = read_all(content, settings.read, watch, shelf.drawer, engine.opener)
    read = mark_boilerplate(read, settings.find.boilerplate)
    hidden = hide_names(read, reviews, settings.site)
    with measuring(hidden.corpus.articles, engine):
        watch.begin("Finding")
        found = engine.find_matches(hidden.corpus.articles, settings.find, shelf.drawer)
        corpus = keep_matched(hidden.corpus, found)
        watch.begin("Clustering")
        findings = with_reviews(find_all(corpus, found, settings, engine, built_on, shelf.drawer), hidden.reviews)
    findings, names = warn_of_names(findings, hidden)
    watch.begin("Writing")
    outputs = with_digests(make_outputs(findings, settings, engine, watch, shelf))
    manifest = write_site(outputs, site, force)
    counts = findings.new, len(findings.clusters), findings.clustered
    left_out = merge_left_out(read.left_out, reviews.left_out)
    summary = Summary(*counts, left_out, str(site), corpus.archive, found.ignored, names)
    return summary, manifest


def _forget_last() -> None:
    """Let go of the templates of an earlier build, and of its articles, which keep the file open in which their texts lie."""
    make_environment.cache_clear()
    remember_postings(())
    remember(())
    forget()


@contextmanager
def measuring(articles: Sequence[Article], engine: Engine) -> Iterator[None]:
    """Measure the readability of articles beside what is done with them, where they are few.

    Args:
        articles: Sequence of Article.
        engine: Engine.

    Yields:
        Nothing.
    """
    few = articles if len(articles) <= FEW else ()
    with engine.ahead(measure_readability, few) as measured:
        yield
        remember(zip(few, measured(), strict=False))


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


def refuse_places(places: Iterable[Place], site: Path, cache: Cache | None, force: bool) -> None:
    """Refuse folders that a build would mix up, or a site folder that is not ours.

    Args:
        places: Iterable of Place, all that is read; addresses that lead elsewhere can't be mixed up with a folder.
        site: Path.
        cache: Cache, or None.
        force: Boolean; true allows a site folder that twicetold did not write.

    Raises:
        CacheError: As `refuse_overlap`.
        WriteError: As `refuse_overlap` and `refuse_foreign`.
    """
    for place in places:
        if folder := folder_of(place):
            refuse_overlap(folder, site, cache)
    if not force:
        refuse_foreign(site)


def refuse_overlap(content: Path, site: Path, cache: Cache | None = None) -> None:
    """Refuse a site folder that would swallow its own input or cache, or be read as input by the next build.

    Args:
        content: Path.
        site: Path.
        cache: Cache, or None.

    Raises:
        CacheError: Where the cache lies in one of the two folders.
        WriteError: Where one folder lies in the other, or both are the same.
    """
    inner, outer = content.resolve(), site.resolve()
    if inner == outer or inner in outer.parents or outer in inner.parents:
        raise WriteError(
            f"the site {site} and the articles {content} may not lie in one another; name another folder with --out"
        )
    for folder in (inner, outer):
        if cache and cache.folder.resolve().is_relative_to(folder):
            raise CacheError(f"the cache {cache.folder} may not lie in {folder}; name another with --cache")
