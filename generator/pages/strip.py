"""The position strip: which parts of an article are verbatim, reworded or its own."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from generator.frozen import dataclass
from generator.pages.fragments import Fragments
from generator.percent import show_share
from generator.values import Comparison, Prepared

OWN, REWORDED, VERBATIM = "own", "reworded", "verbatim"


@dataclass(frozen=True, slots=True)
class Bar:
    """A run of words on a strip.

    Attributes:
        start: Integer, index of its first word.
        length: Integer, number of words.
        kind: String, `reworded` or `verbatim`.
        fragment: String, the hunk that shows it, or empty.
    """

    start: int
    length: int
    kind: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The strip of one article.

    Attributes:
        words: Integer, its length in words, at least 1.
        bars: Tuple of Bar; what lies between them is the article's own.
        text: String, the same in words.
    """

    words: int
    bars: tuple[Bar, ...]
    text: str


_KINDS = OWN, REWORDED, VERBATIM
# From the index of OWN to that of REWORDED.
_REWORD = bytes.maketrans(b"\0", b"\1")


class _Places:
    """What each word of an article is, as an index of _KINDS, and the fragment that shows it."""

    def __init__(self, article: Prepared) -> None:
        self._spans = article.sentence_words
        self.kinds = bytearray(len(article.words))
        self.fragments = [""] * len(article.words)

    def paint(self, sentences: Iterable[int], fragment: str) -> None:
        """Paint whole sentences as reworded, but leave what is verbatim already."""
        for sentence in sentences:
            start, end = self._spans[sentence]
            self.kinds[start:end] = self.kinds[start:end].translate(_REWORD)
            if fragment:
                self.fragments[start:end] = [fragment] * (end - start)

    def mark(self, start: int, length: int) -> None:
        """Mark a passage as verbatim."""
        self.kinds[start : start + length] = b"\2" * length


def make_copy_strip(article: Prepared, comparisons: Sequence[Comparison], fragments: Fragments) -> Strip:
    """Show what an article took from its sources.

    Args:
        article: Prepared, the copy.
        comparisons: Sequence of Comparison that it is the copy of, the parent's first.
        fragments: Fragments of the page; empty where the comparison is not shown.

    Returns:
        Strip.
    """
    return _strip(_copy_places(article, comparisons, fragments), "its own")


def share_of_kinds(article: Prepared, comparison: Comparison) -> dict[str, float]:
    """Measure what an article took from its source.

    Args:
        article: Prepared, the copy.
        comparison: Comparison that it is the copy of.

    Returns:
        Dict from `verbatim`, `reworded` and `own` to the share of its words.
    """
    return _shares(_copy_places(article, [comparison], {}))


def _copy_places(article: Prepared, comparisons: Sequence[Comparison], fragments: Fragments) -> _Places:
    """Tell for each word of a copy what it is."""
    places = _Places(article)
    for comparison in reversed(comparisons):
        for segment in comparison.segments:
            if segment.kind in ("verbatim", "edited", "rewritten"):
                places.paint(segment.copy, fragments.get((comparison.name, segment.key), ""))
        for passage in comparison.passages:
            places.mark(passage.copy, passage.length)
    return places


def make_source_strip(article: Prepared, comparisons: Iterable[Comparison], fragments: Fragments) -> Strip:
    """Show what others took from an article.

    Args:
        article: Prepared, the source.
        comparisons: Iterable of Comparison that it is the source of.
        fragments: Fragments of the page.

    Returns:
        Strip.
    """
    places = _Places(article)
    for comparison in reversed(tuple(comparisons)):
        for segment in comparison.segments:
            if segment.kind in ("verbatim", "edited", "rewritten"):
                sentences = (*segment.source, *segment.also)
                places.paint(sentences, fragments.get((comparison.name, segment.key), ""))
        for passage in comparison.passages:
            places.mark(passage.source, passage.length)
    return _strip(places, "in no copy")


def _strip(places: _Places, rest: str) -> Strip:
    """Make a strip of what each word is; `rest` names what stands in one article alone."""
    shares = _shares(places)
    text = (
        f"{show_share(shares[VERBATIM])} word for word, {show_share(shares[REWORDED])} reworded, "
        f"{show_share(shares[OWN])} {rest}"
    )
    return Strip(max(1, len(places.kinds)), tuple(_bars(places)), text)


def _shares(places: _Places) -> dict[str, float]:
    """Measure which share of the words is of each kind."""
    words = max(1, len(places.kinds))
    return {kind: places.kinds.count(number) / words for number, kind in enumerate(_KINDS)}


def _bars(places: _Places) -> Iterator[Bar]:
    """Gather neighbouring words that are alike."""
    start = 0
    for (number, fragment), run in groupby(zip(places.kinds, places.fragments, strict=True)):
        length = len(list(run))
        if _KINDS[number] != OWN:
            yield Bar(start, length, _KINDS[number], fragment)
        start += length
