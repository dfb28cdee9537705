"""A boilerplate file → the places of its texts in articles, which then weigh nothing."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.errors import ContentError
from generator.frozen import dataclass
from generator.prepare import find_words, normalise
from generator.read.decode import decode
from generator.spill import change
from generator.values import Corpus, Span

ANY, ONE = "*", "?"
"""In a line of the file, set apart by spaces: any words up to the end of the article's line; one word, or none."""

Line = tuple[str, ...]
"""Words, normalised, and wildcards; it begins with a word, and does not end with ONE."""


@dataclass(frozen=True, slots=True)
class _Text:
    """An article's words.

    Attributes:
        words: Sequence of strings, normalised.
        spans: Sequence of Span.
        ends: Sequence of integers, for each word the number of the first word of the next line.
    """

    words: Sequence[str]
    spans: Sequence[Span]
    ends: Sequence[int]


def mark_boilerplate(corpus: Corpus, name: str) -> Corpus:
    """Mark in each article what a file says is boilerplate.

    Args:
        corpus: Corpus.
        name: String, the path of a text file, or empty: each line of it is a text to be looked for, whatever its case, spacing
            and punctuation.

    Returns:
        Corpus; its digest names the file's contents too.

    Raises:
        ContentError: The file can't be read, or holds no words.
    """
    if not name:
        return corpus
    try:
        text = decode(Path(name).read_bytes())
    except OSError as error:
        raise ContentError(
            f"the boilerplate {name} can't be read: {error.strerror or error}; name another file"
        ) from error
    except ContentError as error:
        raise ContentError(f"the boilerplate {name}: {error}") from error
    lines = read_lines(text)
    if not lines:
        raise ContentError(f"the boilerplate {name} holds no words; write one text a line")
    digest = hashlib.sha256(f"{corpus.digest}\n{text}".encode()).hexdigest()
    articles = tuple(change(one, boilerplate=find_boilerplate(one.text, lines)) for one in corpus.articles)
    return replace(corpus, articles=articles, digest=digest)


def read_lines(text: str) -> dict[str, list[Line]]:
    """The lines of a boilerplate file.

    Args:
        text: String.

    Returns:
        Dictionary from a first word to the Lines that begin with it; lines without a word are passed over.
    """
    lines: dict[str, list[Line]] = defaultdict(list)
    for row in dict.fromkeys(text.splitlines()):
        line: list[str] = []
        for piece in row.split():
            line += [piece] if piece in (ANY, ONE) else _words(piece)
        while line and line[0] in (ANY, ONE):
            del line[0]
        # In some languages a space stands before a question mark.
        while line and line[-1] == ONE:
            del line[-1]
        if line:
            lines[line[0]].append(tuple(line))
    return dict(lines)


def find_boilerplate(text: str, lines: Mapping[str, Sequence[Line]]) -> tuple[Span, ...]:
    """Find the places of some lines in a text.

    Args:
        text: String.
        lines: Mapping from a first word to Lines.

    Returns:
        Tuple of Span, in order, never touching: what follows one another is one place.
    """
    spans = find_words(text)
    words = [normalise(text[start:end]) for start, end in spans]
    ends = [0] * len(words)
    last = len(words)
    for at in reversed(range(len(words))):
        if at + 1 < len(words) and "\n" in text[spans[at][1] : spans[at + 1][0]]:
            last = at + 1
        ends[at] = last
    held = _Text(words, spans, ends)
    found: list[tuple[int, int]] = []
    for at, word in enumerate(words):
        end = max((_match(held, at, line) for line in lines.get(word, ())), default=0)
        if not end:
            continue
        if found and at <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((at, end))
    return tuple((spans[first][0], spans[end - 1][1]) for first, end in found)


def _match(text: _Text, at: int, line: Line) -> int:
    """Where a line ends that begins at a word; 0 where it does not stand there."""
    first, *others = _parts(line)
    end = _match_part(text, at, first)
    for part in others:
        # What stands for any words goes on to the end of the article's line at most.
        last = text.ends[end - 1] if end else 0
        if not part:
            return last
        end = next((found for start in range(end, last) if (found := _match_part(text, start, part))), 0)
    return end


def _parts(line: Line) -> list[list[str]]:
    """What stands between wildcards for any words; an empty part at the end where one stands there."""
    parts: list[list[str]] = [[]]
    for word in line:
        if word == ANY:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts[:-1] if part] + parts[-1:]


def _match_part(text: _Text, at: int, part: Sequence[str]) -> int:
    """Where words and wildcards for one word end that begin at a word; 0 where they do not stand there."""
    ends = {at}
    for word in part:
        if word == ONE:
            ends |= {end + 1 for end in ends if end < len(text.words)}
        else:
            ends = {end + 1 for end in ends if end < len(text.words) and text.words[end] == word}
    return min(ends, default=0)


def _words(piece: str) -> list[str]:
    return [normalise(piece[start:end]) for start, end in find_words(piece)]
