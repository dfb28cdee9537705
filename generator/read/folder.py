"""A content folder → its articles, and what was left out with its reason. The one place where articles are opened."""

import gzip
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

from generator.again import Drawer
from generator.errors import ContentError
from generator.read.article import article_of
from generator.read.bounds import failed, read_within
from generator.read.decode import decode
from generator.read.draft import Draft, too_large
from generator.read.plain import read_plain
from generator.read.recall import Recall
from generator.read.walk import Found, shown, unreadable, walk
from generator.rules import ReadRules
from generator.spill import Texts, change
from generator.values import Article, Corpus, LeftOut
from generator.watch import UNWATCHED, Watch

Entry = tuple[str, str, Draft | ContentError]
"""Two strings and a draft or an error: the path, what the id is made of where none is given, and what was read."""

Reading = tuple[str, Article | ContentError]
"""A path, and the article that was read there, or why there is none."""

_TABLES = (".jsonl.gz", ".jsonl", ".csv", ".parquet")
_PAGES = (".txt", ".markdown", ".md", ".html", ".htm")
_BUFFER = 2**20
# What a packed table may hold, unpacked: so many times its size, or this many bytes where that is more. Texts shrink to a fifth.
_MOST_TIMES = 200
_LEAST_UNPACKED = 2**26
_MAIN = 0.9
_FIELDS = attrgetter("id", "path", "title", "text", "date", "source", "author", "language", "url", "place", "agency")


Spread = Callable[[Callable[[Found], list[Reading]], Sequence[Found]], Iterator[list[Reading]]]
"""An engine's order-keeping map."""


def read_folder(
    content: Path,
    rules: ReadRules | None = None,
    watch: Watch = UNWATCHED,
    drawer: Drawer | None = None,
    spread: Spread | None = None,
) -> Corpus:
    """Read all articles below a folder.

    Args:
        content: Path of the folder.
        rules: ReadRules, or None for the defaults.
        watch: Watch.
        drawer: Drawer, where what was read the last time is kept, or None.
        spread: Spread that opens the files in the place of this process, or None; then nothing is kept.

    Returns:
        Corpus; it is the same whatever the order in which the system lists the folder.

    Raises:
        ContentError: The folder isn't there, is no folder, can't be listed, or holds no article that can be used.
    """
    watch.begin("Reading")
    rules = rules or ReadRules()
    if not content.exists():
        raise ContentError(
            f"there is no folder {content}; make it and put articles in it, or name another;"
            " twicetold init makes one with a sample"
        )
    if not content.is_dir():
        raise ContentError(f"{content} is no folder; name the folder that holds the articles")
    try:
        files = walk(content, rules.max_depth, rules.outside_links)
    except OSError as error:
        raise ContentError(f"the folder {content} {unreadable(error)}") from error
    recall = Recall(None if spread else drawer, str(content.resolve()))
    made = chain.from_iterable(spread(partial(read_found, rules=rules), files)) if spread else None
    articles, left_out = _read(files, rules, recall, watch, made)
    recall.keep()
    if not articles:
        raise ContentError(_nothing(content, left_out))
    return _corpus(articles, left_out)


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


def read_found(found: Found, rules: ReadRules) -> list[Reading]:
    """Read one file; for engines that open files elsewhere.

    Args:
        found: Found.
        rules: ReadRules.

    Returns:
        List of Reading, of the file or of its rows.

    Raises:
        ContentError: The file is not there.
    """
    if not found.reason and not found.file.exists():
        raise ContentError(
            f"{found.file} can't be seen by a worker; put the articles where all workers see them by that name"
        )
    return list(_make_articles(_entries(found, rules), Recall(None, "")))


def _make_articles(entries: Iterable[Entry], recall: Recall) -> Iterator[Reading]:
    for path, stem, draft in entries:
        try:
            yield path, recall.article(draft, path, stem)
        except ContentError as error:
            yield path, error


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
        made = _make_articles((entry for found in files for entry in _entries(found, rules)), recall)
    # How many rows a table has is known at its end.
    count = None if any(found.path.lower().endswith(_TABLES) for found in files) else len(files)
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


def _entries(found: Found, rules: ReadRules) -> Iterator[Entry]:
    name = found.path.lower()
    ending = next((known for known in (*_TABLES, *_PAGES) if name.endswith(known)), "")
    stem = found.path[: len(found.path) - len(ending)]
    try:
        if found.reason:
            raise ContentError(found.reason)
        if ending in _TABLES:
            yield from _rows(found, stem, ending, rules)
        else:
            reader = _reader(ending, found.path)
            data = _bytes(found.file, rules.max_bytes)
            yield found.path, stem, read_within(rules.max_seconds, reader, decode(data), reader is not read_plain)
    except ContentError as error:
        yield found.path, stem, error
    except OSError as error:
        yield found.path, stem, ContentError(unreadable(error))
    except Exception as error:
        # The libraries that read are many and strangers choose what they are given: one file must not stop the others.
        yield found.path, stem, ContentError(failed(type(error).__name__))


def _reader(ending: str, path: str) -> Callable[[str], Draft]:
    """Choose what reads a file; readers that are slow to load are loaded when the first file asks for them."""
    if ending == ".txt":
        return read_plain
    if ending in (".md", ".markdown"):
        from generator.read.markdown import read_markdown

        return read_markdown
    if ending in (".html", ".htm"):
        from generator.read.html import read_html

        return read_html
    suffix = Path(path).suffix
    raise ContentError(f"{f'unknown kind {suffix}' if suffix else 'no ending'}; save it as .txt, .md or .html")


def _bytes(file: Path, max_bytes: int) -> bytes:
    with file.open("rb") as stream:
        data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ContentError(too_large(max_bytes))
    return data


def _rows(found: Found, stem: str, ending: str, rules: ReadRules) -> Iterator[Entry]:
    from generator.read.rows import read_csv, read_jsonl, read_parquet

    most = min(rules.max_table_bytes, max(_LEAST_UNPACKED, _MOST_TIMES * found.file.stat().st_size))
    readers: dict[str, Callable[[BinaryIO, int], Iterator[tuple[int, Draft | ContentError]]]] = {
        ".csv": read_csv,
        ".parquet": partial(read_parquet, most=most),
    }
    reader = readers.get(ending, read_jsonl)
    empty = True
    with _opened(found.file, ending, most if ending == ".jsonl.gz" else rules.max_table_bytes) as stream:
        for number, draft in reader(stream, rules.max_bytes):
            empty = False
            if number > rules.max_rows:
                draft = ContentError(f"more than {rules.max_rows:,} rows, the limit; split the table")
            yield f"{found.path}#{number}", f"{stem}-{number}", draft
            if number > rules.max_rows:
                return
    if empty:
        raise ContentError("no rows; write one article a row, or remove it")


def _opened(file: Path, ending: str, max_bytes: int) -> BinaryIO:
    if ending == ".jsonl.gz":
        return io.BufferedReader(_Limited(file, max_bytes), _BUFFER)
    if file.stat().st_size > max_bytes:
        raise ContentError(too_large(max_bytes))
    return file.open("rb", _BUFFER)


class _Limited(gzip.GzipFile):
    """A packed file that ends with an error where more comes out of it than was agreed: a few bytes can hold terabytes."""

    def __init__(self, file: Path, most: int) -> None:
        super().__init__(file)
        self._left = self._most = most

    def read(self, size: int | None = -1) -> bytes:
        # What was unpacked before a fault counts; a plain read would lose it with the fault.
        data = self.read1(size if size is not None else -1)
        self._left -= len(data)
        if self._left < 0:
            raise ContentError(too_large(self._most))
        return data


def _nothing(content: Path, left_out: list[LeftOut]) -> str:
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
