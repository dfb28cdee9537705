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
from pathlib import Path

from generator.engines.registry import make_engine, open_engine
from generator.errors import ContentError
from generator.found import Match
from generator.outputs import Summary
from generator.pairing import Paired, hide_names, pair_articles
from generator.read.article import article_of
from generator.read.draft import draft_of
from generator.read.folder import read_file, read_folder
from generator.rules import Settings
from generator.values import Article, Corpus


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


def read(path: Path | str) -> tuple[Article, ...]:
    """Read the articles of a file or of a folder; what can't be used is left out.

    Args:
        path: Path or string.

    Returns:
        Tuple of Article, sorted by id.

    Raises:
        ContentError: There is nothing that can be used.
    """
    path = Path(path)
    return (read_folder(path) if path.is_dir() else read_file(path)).articles


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
    one, other, _ = hide_names(Corpus((_one(a),), (), ""), Corpus((_one(b),), (), ""), settings)
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


def _one(given: Article | Path | str) -> Article:
    if isinstance(given, Article):
        return given
    articles = read(given)
    if len(articles) != 1:
        raise ContentError(f"{given} holds {len(articles)} articles; compare two articles, or use find")
    return articles[0]
