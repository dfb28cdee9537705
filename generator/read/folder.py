"""A content folder → its articles, and what was left out with its reason."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path

from generator.again import Drawer
from generator.errors import ContentError
from generator.read.article import article_of
from generator.read.decode import decode
from generator.read.files import Opener, Reading, is_table, make_readings
from generator.read.plain import read_plain
from generator.read.recall import Recall
from generator.read.walk import Address, Found, Place, shown, unreadable, walk
from generator.rules import ReadRules
from generator.spill import Texts, change
from generator.values import Article, Corpus, LeftOut
from generator.watch import UNWATCHED, Watch

_MAIN = 0.9
_FIELDS = attrgetter("id", "path", "title", "text", "date", "source", "author", "language", "url", "place", "agency")


def read_folder(
    content: Place,
    rules: ReadRules | None = None,
    watch: Watch = UNWATCHED,
    drawer: Drawer | None = None,
    opener: Opener | None = None,
) -> Corpus:
    """Read all articles below a folder.

    Args:
        content: Place of the folder.
        rules: ReadRules, or None for the defaults.
        watch: Watch.
        drawer: Drawer, where what was read the last time is kept, or None.
        opener: Opener that opens the files in the place of this process, or None; then nothing is kept.

    Returns:
        Corpus; it is the same whatever the order in which the system lists the folder.

    Raises:
        ContentError: The folder isn't there, is no folder, can't be listed, or holds no article that can be used.
    """
    watch.begin("Reading")
    rules = rules or ReadRules()
    files = _list_address(content, rules, opener) if isinstance(content, Address) else _list_folder(content, rules)
    recall = Recall(None if opener else drawer, str(content.resolve()) if isinstance(content, Path) else "")
    made = None
    if opener:
        from generator.read.parts import read_spread

        made = read_spread(files, rules, opener)
    articles, left_out = _read(files, rules, recall, watch, made)
    recall.keep()
    if not articles:
        raise ContentError(_nothing(content, left_out))
    return _corpus(articles, left_out)


def _list_address(content: Address, rules: ReadRules, opener: Opener | None) -> tuple[Found, ...]:
    if opener is None:
        raise ContentError(f"{content} is an address, which Spark alone can read; add --engine spark, or name a folder")
    return opener.list_files(content.name, rules.max_depth)


def _list_folder(content: Path, rules: ReadRules) -> tuple[Found, ...]:
    if not content.exists():
        raise ContentError(
            f"there is no folder {content}; make it and put articles in it, or name another;"
            " twicetold init makes one with a sample"
        )
    if not content.is_dir():
        raise ContentError(f"{content} is no folder; name the folder that holds the articles")
    try:
        return walk(content, rules.max_depth, rules.outside_links)
    except OSError as error:
        raise ContentError(f"the folder {content} {unreadable(error)}") from error


def read_file(file: Path, rules: ReadRules | None = None) -> Corpus:
    """Read the article of a file, or all articles of a table.

    Args:
        file: Path of a file.
        rules: ReadRules, or None for the defaults.

    Returns:
        Corpus; its paths are the file's name, with the number of the row for a row.

    Raises:
        ContentError: The file isn't there, can't be read, or holds no article that can be used.
    """
    if not file.exists():
        raise ContentError(f"there is no file {file}; name a file, a folder, or - for standard input")
    articles, left_out = _read((Found(shown(file.name), file),), rules or ReadRules(), Recall(None, ""))
    if not articles:
        raise ContentError(f"{file}: {left_out[0].reason}")
    return _corpus(articles, left_out)


def read_bytes(data: bytes, name: str) -> Corpus:
    """Read one article of plain text.

    Args:
        data: Bytes, in any encoding.
        name: String that stands for its path, and as a slug for its id.

    Returns:
        Corpus of one article.

    Raises:
        ContentError: There are no words in it.
    """
    try:
        article = article_of(read_plain(decode(data)), name, name)
    except ContentError as error:
        raise ContentError(f"{name}: {error}") from error
    return _corpus({article.id: article}, [])


def _read(
    files: Sequence[Found],
    rules: ReadRules,
    recall: Recall,
    watch: Watch = UNWATCHED,
    made: Iterable[Reading] | None = None,
) -> tuple[dict[str, Article], list[LeftOut]]:
    """The articles of some files by id, and what was left out; `made` is what was read of them elsewhere."""
    articles: dict[str, Article] = {}
    left_out: list[LeftOut] = []
    texts = Texts()
    if made is None:
        made = chain.from_iterable(make_readings(found, rules, recall) for found in files)
    # How many rows a table has is known at its end.
    count = None if any(is_table(found) for found in files) else len(files)
    for path, article in watch("Reading", made, count):
        if isinstance(article, ContentError):
            left_out.append(LeftOut(path, str(article)))
            continue
        first = articles.setdefault(article.id, article)
        if first is not article:
            left_out.append(
                LeftOut(path, f"its id {article.id} is that of {first.path}; give one of them another id or name")
            )
            continue
        texts.add(article)
    texts.finish()
    return articles, left_out


def _corpus(articles: dict[str, Article], left_out: list[LeftOut]) -> Corpus:
    ordered = tuple(with_main_language([articles[key] for key in sorted(articles)]))
    return Corpus(ordered, tuple(left_out), _digest(ordered, left_out))


def with_main_language(articles: list[Article]) -> Iterator[Article]:
    """Give articles that don't tell their language that of the others, where nine in ten of those agree.

    A table of prices tells no language, yet it is to be compared with the reports that it stands among.

    Args:
        articles: List of Article.

    Yields:
        Article, in their order.
    """
    told = Counter(article.language for article in articles if article.language != "und")
    main, count = told.most_common(1)[0] if told else ("und", 0)
    sure = count >= _MAIN * told.total()
    for article in articles:
        yield change(article, language=main) if sure and article.language == "und" else article


def _nothing(content: Place, left_out: list[LeftOut]) -> str:
    wanted = "put .txt, .md, .html, .jsonl, .csv or .parquet files in it"
    if not left_out:
        return f"the folder {content} holds no articles; {wanted}"
    first = f"{len(left_out)} left out, the first {left_out[0].path}: {left_out[0].reason}"
    return f"the folder {content} holds no article that can be used; {wanted} ({first})"


def _digest(articles: tuple[Article, ...], left_out: list[LeftOut]) -> str:
    """Hash all that was read; each string after its length, so that no two inputs run together alike."""
    whole = hashlib.sha256(f"{len(articles)} {len(left_out)}\n".encode())
    for article in articles:
        whole.update(_framed(*_FIELDS(article), "titled" if article.titled else ""))
    for left in left_out:
        whole.update(_framed(left.path, left.reason))
    return whole.hexdigest()


def _framed(*strings: str) -> bytes:
    encoded = [string.encode("utf-8") for string in strings]
    return b"".join(b"%d:%b" % (len(part), part) for part in encoded)
