"""Twicetold from Python: the functions that the commands call.

>>> from generator.api import compare, find, make_article
>>> wire = make_article("The ferry Belle Rive ran aground off Pomegues with 212 people aboard.", "wire")
>>> ours = make_article("The ferry Belle Rive has run aground off Pomegues with 221 people.", "ours")
>>> compare(wire, ours).reported
True
>>> [(match.a, match.b) for match in find([wire, ours])]
[('ours', 'wire')]
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator.cluster import make_clusters
from generator.digests import Audit
from generator.engines.registry import make_engine, open_engine
from generator.errors import ContentError
from generator.findings import PlacedPassage
from generator.found import Match
from generator.outputs import Summary
from generator.overlap import measure_overlaps
from generator.pairing import Paired, hide_names, pair_articles
from generator.placing import place_passages
from generator.read.archives import read_all
from generator.read.article import article_of
from generator.read.boilerplate import mark_boilerplate
from generator.read.draft import draft_of
from generator.read.folder import read_file
from generator.rules import Settings
from generator.sources import find_kin, trace_sources
from generator.values import Article, Cluster, Corpus
from generator.verify import verify_site
from generator.why import Why, explain


def make_article(text: str, name: str, **known: str) -> Article:
    """Make an article of a text; datelines, bylines and credits in it are read as in a file.

    Args:
        text: String with at least one word.
        name: String, which becomes the id as a slug.
        known: Strings: `title`, `date`, `source`, `author`, `language`, `url` or `place`, where they are known.

    Returns:
        Article.

    Raises:
        ContentError: The text has no words.

    >>> make_article("LISBON — (AP) — Dock workers walked out.", "Dock strike", title="Strike").agency
    'AP'
    """
    return article_of(draft_of(text, known), name, name)


def read(path: Path | str, settings: Settings | None = None) -> tuple[Article, ...]:
    """Read the articles of a file or of a folder, as `twicetold build` does; what can't be used is left out.

    Args:
        path: Path or string.
        settings: Settings, or None for the defaults; with a folder those of an archive in `read.against` are read too and marked
            `archive`, and what `find.boilerplate` names is marked.

    Returns:
        Tuple of Article, sorted by id.

    Raises:
        ContentError: There is nothing that can be used.
    """
    path, rules = Path(path), settings or Settings()
    corpus = read_all(path, rules.read) if path.is_dir() else read_file(path, rules.read)
    return mark_boilerplate(corpus, rules.find.boilerplate).articles


def compare(a: Article | Path | str, b: Article | Path | str, settings: Settings | None = None) -> Paired:
    """Compare two articles, whether they match or not, as `twicetold compare` does.

    Args:
        a: Article, or the path of a file that holds one.
        b: Article, or the path of a file that holds one.
        settings: Settings, or None for the defaults.

    Returns:
        Paired; its report holds both articles and their one comparison.

    Raises:
        ContentError: A file can't be read, or holds several articles.

    >>> told = compare(make_article("Divers looked at the hull.", "a"), make_article("Divers looked at the hull.", "b"))
    >>> told.report.comparisons[0].verdict
    'identical'
    """
    settings = settings or Settings()
    one, other, _ = hide_names(Corpus((_one(a, settings),), (), ""), Corpus((_one(b, settings),), (), ""), settings)
    return pair_articles(one.articles[0], other.articles[0], settings, make_engine("local"))


def find(articles: Iterable[Article], settings: Settings | None = None) -> tuple[Match, ...]:
    """Find the matches among articles, as `twicetold build` does.

    Args:
        articles: Iterable of Article, with distinct ids.
        settings: Settings, or None for the defaults.

    Returns:
        Tuple of Match, sorted by the ids; complete.

    >>> find([make_article("One story of a glacier.", "a"), make_article("Another one of a harbour.", "b")])
    ()
    """
    chosen = settings or Settings()
    with open_engine(chosen.run) as engine:
        return engine.find_matches(tuple(articles), chosen.find).matches


def passages(articles: Iterable[Article], settings: Settings | None = None) -> tuple[PlacedPassage, ...]:
    """Find what articles share word for word though they are no pair: a paragraph lifted into an article of its own.

    Args:
        articles: Iterable of Article, with distinct ids.
        settings: Settings, or None for the defaults.

    Returns:
        Tuple of PlacedPassage, the longest first; each of 25 words at least.

    >>> passages([make_article("One story of a glacier.", "a"), make_article("Another one of a harbour.", "b")])
    ()
    """
    known = {article.id: article for article in articles}
    chosen = settings or Settings()
    with open_engine(chosen.run) as engine:
        found = engine.find_matches(tuple(known.values()), chosen.find)
    return place_passages(found.passages, (), known)


def trace(articles: Iterable[Article], settings: Settings | None = None) -> tuple[Cluster, ...]:
    """Find out who likely took from whom, as `twicetold build` does.

    Args:
        articles: Iterable of Article, with distinct ids.
        settings: Settings, or None for the defaults.

    Returns:
        Tuple of Cluster, each with its anchor, the parent of every other member, and further sources of those that mix several.

    >>> told = trace([make_article("Divers looked at the hull of the Belle Rive off Pomegues.", name) for name in "ab"])
    >>> [(cluster.anchor, cluster.members, cluster.parents) for cluster in told]
    [('a', ('a', 'b'), ('', 'a'))]
    """
    known, chosen = {article.id: article for article in articles}, settings or Settings()
    with open_engine(chosen.run) as engine:
        found = engine.find_matches(tuple(known.values()), chosen.find)
        clusters = make_clusters(found.matches, known, measure_overlaps, chosen.find.threshold)
        return tuple(engine.map(trace_sources, find_kin(found, clusters, known)))


def why(a: Article, b: Article, articles: Iterable[Article], settings: Settings | None = None) -> Why:
    """Tell why two articles among others match or not, as `twicetold why` does.

    Args:
        a: Article.
        b: Article, another one.
        articles: Iterable of Article, with distinct ids; both are among them.
        settings: Settings, or None for the defaults.

    Returns:
        Why: the score, what counted, what was set aside, what both hold word for word, and how a build tells them.

    >>> both = [make_article("Divers looked at the hull of the Belle Rive off Pomegues.", name) for name in "ab"]
    >>> told = why(*both, both)
    >>> told.matched, told.standing.source, told.passages[0].words
    (True, 'a', 11)
    """
    chosen = settings or Settings()
    with open_engine(chosen.run) as engine:
        return explain(tuple(articles), a, b, chosen.find, engine, chosen.compare)


def check(site: Path | str) -> Audit:
    """Check a built site, as `twicetold check` does.

    Args:
        site: Path or string, the site folder.

    Returns:
        Audit; without faults where all is as it was built.

    Raises:
        ContentError: There is no site of twicetold.
    """
    return verify_site(Path(site))


def build(content: Path | str, site: Path | str, settings: Settings | None = None, force: bool = False) -> Summary:
    """Build the site of a folder of articles, as `twicetold build` does.

    Args:
        content: Path or string, the folder.
        site: Path or string, the site folder.
        settings: Settings, or None for the defaults.
        force: Boolean; true replaces a folder that twicetold did not write.

    Returns:
        Summary.

    Raises:
        GeneratorError: Where there is nothing to build from, or the site can't be written; the message says how to mend it.
    """
    from generator.build import build_site

    chosen = settings or Settings()
    with open_engine(chosen.run) as engine:
        return build_site(Path(content), Path(site), chosen, engine, force=force)


def _one(given: Article | Path | str, settings: Settings) -> Article:
    if isinstance(given, Article):
        return given
    articles = read(given, replace(settings, read=replace(settings.read, against=(), since="")))
    if len(articles) != 1:
        raise ContentError(f"{given} holds {len(articles)} articles; compare two articles, or use find")
    return articles[0]
