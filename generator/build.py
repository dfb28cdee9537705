"""The whole flow: read, find matches, cluster, compare, page, render, write."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from generator.again import Shelf
from generator.anonymise import hide_names, warn_of_names
from generator.cache import Cache
from generator.compare.readability import measure_readability, remember
from generator.digests import with_digests
from generator.engines.base import Engine
from generator.errors import CacheError, WriteError
from generator.outputs import Summary
from generator.read.archives import read_all
from generator.read.boilerplate import mark_boilerplate
from generator.read.reviews import find_reviews, read_reviews
from generator.read.walk import Place, folder_of, place_of
from generator.reviews import Reviews
from generator.rules import Settings
from generator.search import find_program
from generator.settings import list_shaping
from generator.template_folders import own_digest, own_folder
from generator.unchanged import Memory, name_making, open_drawer
from generator.values import Article
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
    templates = find_own(settings.site.templates)
    watch.begin("Checking")
    reviews = read_reviews(find_reviews(content, settings.site.reviews))
    own = own_digest(templates)
    making = name_making(list_shaping(settings), built_on, own, settings.site.anonymise_key) if cache else ""
    named = tuple(map(Path, filter(None, [settings.find.boilerplate])))
    memory = Memory.of(cache, (*places, *named), site, f"{making} {reviews.digest}")
    if last := memory.recall():
        return last
    shelf = Shelf(making, cache, own, open_drawer(cache, site))
    summary, manifest = build_anew(content, site, settings, engine, built_on, force, watch, shelf, reviews)
    if own_digest(templates) == own:
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
    with ExitStack() as whole:
        with measuring(hidden.corpus.articles, engine):
            watch.begin("Finding")
            # What takes long to load is loaded once another process measures, and not at all where nothing is to be built.
            from generator.making import find_anew, forget_all, make_outputs, merge_left_out

            whole.callback(forget_all)
            findings = find_anew(hidden, settings, engine, built_on, watch, shelf.drawer)
        findings, names = warn_of_names(findings, hidden)
        watch.begin("Writing")
        outputs = with_digests(make_outputs(findings, settings, engine, watch, shelf))
        manifest = write_site(outputs, site, force)
    counts = findings.new, len(findings.clusters), findings.clustered
    left_out = merge_left_out(read.left_out, reviews.left_out)
    return Summary(*counts, left_out, str(site), findings.corpus.archive, findings.ignored, names), manifest


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


def find_own(named: str) -> Path | None:
    """Find a user's own templates, and what can be found of their faults before a long build begins.

    Args:
        named: String, the path of their folder, or `built-in`.

    Returns:
        Path, or None where there are none.

    Raises:
        RenderError: There is no such folder, or a template in it isn't well formed.
    """
    own = own_folder(named)
    if own:
        from generator.render import check_own

        check_own(own)
    return own


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
