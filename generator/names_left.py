"""Names that were replaced → where they still stand in titles and texts; pure."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from generator.compare.credits import find_credit_lines
from generator.frozen import dataclass
from generator.prepare import normalised_words
from generator.read.agencies import spellings
from generator.reviews import Mark
from generator.values import Article

MOST_LINES = 20
"""Articles that a terminal names."""
_LONGEST = 80
_SHORTEST_FILE = 8
_BETWEEN_AUTHORS = re.compile(r"\s*(?:[,;/&|]|\b(?:and|und|et|y|e)\b)\s*", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]+)+|https?://[^\s<>\"]{3,}|\bwww\.[^\s<>\"]{3,}|(?<![\w.@])@\w{3,}"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that was replaced.

    Attributes:
        text: String, as it was given.
        words: Tuple of strings, at least one, normalised.
    """

    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """Names that still stand in an article.

    Attributes:
        article: String, its neutral id.
        title: Tuple of strings, those in the title.
        text: Tuple of strings, those in the text: names, addresses, and lines of credits.
    """

    article: str
    title: tuple[str, ...]
    text: tuple[str, ...]


def names_of(articles: Iterable[Article], marks: Iterable[Mark] = ()) -> tuple[Name, ...]:
    """Gather what anonymising replaces.

    Args:
        articles: Iterable of Article, under their own names.
        marks: Iterable of Mark.

    Returns:
        Tuple of Name, each once: sources, agencies by all their names, authors together and one by one, sites of addresses,
        reviewers; and names of files and folders, and ids, that have several words.
    """
    found: dict[str, None] = {}
    for article in articles:
        found |= dict.fromkeys((article.source, article.agency, article.author, _host(article.url)))
        found |= dict.fromkeys((*spellings(article.agency), *spellings(article.source)))
        found |= dict.fromkeys(part for part in _BETWEEN_AUTHORS.split(article.author) if " " in part)
        found |= dict.fromkeys(_of_files(article))
    found |= dict.fromkeys(mark.reviewer for mark in marks)
    names = (Name(text, tuple(normalised_words(text))) for text in found)
    return tuple(name for name in names if name.words)


def find_names(text: str, names: Iterable[Name]) -> tuple[str, ...]:
    """Find names in a text: those of one word as they are written, others whatever their case, spacing and punctuation.

    Args:
        text: String.
        names: Iterable of Name.

    Returns:
        Tuple of strings, the names that stand in it.
    """
    return _find(text, _by_first_word(names))


def find_left(articles: Iterable[Article], shown: Collection[str], names: Sequence[Name]) -> Iterator[Left]:
    """Find the articles in which readers still meet names.

    Args:
        articles: Iterable of Article, under neutral names.
        shown: Collection of strings, the ids of articles whose texts are shown; of the others the title is.
        names: Sequence of Name.

    Yields:
        Left, in the order of the articles.
    """
    first = _by_first_word(names)
    for article in articles:
        title = _find(article.title, first)
        text = (*_find(article.text, first), *_addresses(article.text)) if article.id in shown else ()
        if title or text:
            yield Left(article.id, title, text)


def show_left(found: Sequence[Left], paths: Mapping[str, str]) -> Iterator[str]:
    """Tell the one who builds where names still stand; not for readers.

    Args:
        found: Sequence of Left.
        paths: Mapping from neutral ids to the articles' own paths.

    Yields:
        Strings, one line each: at most MOST_LINES, and how many more there are.
    """
    for left in found[:MOST_LINES]:
        places = [
            f"in its {place}: {', '.join(some)}" for place, some in (("title", left.title), ("text", left.text)) if some
        ]
        yield f"{paths[left.article]} ({left.article}) still names, {'; '.join(places)}"
    if len(found) > MOST_LINES:
        yield f"{len(found) - MOST_LINES:,} more articles still hold names"


def _find(text: str, first: Mapping[str, Sequence[Name]]) -> tuple[str, ...]:
    words = normalised_words(text)
    found: dict[str, None] = {}
    for at in (at for at, word in enumerate(words) if word in first):
        for name in first[words[at]]:
            if (
                name.text not in found
                and tuple(words[at : at + len(name.words)]) == name.words
                and _as_written(name, text)
            ):
                found[name.text] = None
    return tuple(found)


def _as_written(name: Name, text: str) -> bool:
    """Whether a name of one word stands in a text with its capitals: a source may be called `Time`."""
    if len(name.words) > 1:
        return True
    written, text = (unicodedata.normalize("NFC", either) for either in (name.text, text))
    return bool(re.search(rf"(?<!\w){re.escape(written)}(?!\w)", text))


def _addresses(text: str) -> Iterator[str]:
    """Addresses of mail, of the web and of networks, and lines of credits."""
    for found in dict.fromkeys((*_ADDRESS.findall(text), *find_credit_lines(text))):
        yield found if len(found) <= _LONGEST else f"{found[: _LONGEST - 1]}…"


def _by_first_word(names: Iterable[Name]) -> dict[str, list[Name]]:
    first: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        first[name.words[0]].append(name)
    return dict(first)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def _of_files(article: Article) -> Iterator[str]:
    """The file's whole name, and what of path and id would not be said by chance: several words."""
    parts = article.path.partition("#")[0].split("/")
    if "." in parts[-1]:
        yield parts[-1]
    for part in (*parts, parts[-1].rpartition(".")[0], article.id):
        if len(part) >= _SHORTEST_FILE and len(normalised_words(part)) > 1:
            yield part
