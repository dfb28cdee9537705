"""A comparison as a page shows it: its numbers, and a row for each segment of its diff."""

from collections.abc import Mapping

from generator.frozen import dataclass
from generator.pages.explanation import MOST_FACTS, Explanation, make_explanation
from generator.pages.fragments import Fragments, Pointer, sentences_at
from generator.pages.frame import Headline, make_headline
from generator.pages.marks import ReviewBlock
from generator.pages.numbers import count, show_words_of
from generator.pages.pieces import Marks, Piece, cut_segment, make_marks
from generator.percent import show_share
from generator.values import Comparison, Member, Prepared, Segment

KINDS = {"verbatim": "word for word", "edited": "edited", "rewritten": "rewritten", "new": "new", "dropped": "dropped"}
VERDICTS = {
    "identical": "identical",
    "near-copy": "near copy",
    "light-revision": "light revision",
    "heavy-revision": "heavy revision",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One segment of a diff.

    Attributes:
        fragment: String, its id on the page.
        kind: String, `verbatim`, `edited`, `rewritten`, `new` or `dropped`.
        label: String, what happened, in words.
        kept: String, how many of its words were kept; empty where the label says it all.
        name: String, the numbers of its sentences, with the source's letter before them where the copy has none.
        pointers: Tuple of Pointer: where it moved from, what else it draws on.
        opens_paragraph: Boolean; true where a paragraph begins with it.
        interleaved: Boolean; false where one version follows the other.
        pieces: Tuple of Piece.
    """

    fragment: str
    kind: str
    label: str
    kept: str
    name: str
    pointers: tuple[Pointer, ...]
    opens_paragraph: bool
    interleaved: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two articles of a comparison.

    Attributes:
        letter: String.
        fragment: String, the article's id on the page.
        headline: Headline.
        reuse: String, how much of its wording, by weight, also stands in the other.
        verbatim: String, how many of its words lie in passages.
    """

    letter: str
    fragment: str
    headline: Headline
    reuse: str
    verbatim: str


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """One comparison.

    Attributes:
        fragment: String, its id on the page.
        source: Side.
        copy: Side.
        first: String, which of the two is likely the source, or that it is open.
        reason: String, why.
        verdict: String, in words.
        reuse: String.
        score: String.
        longest_passage: String.
        tally: String, how many sentences of each kind there are.
        explanation: Explanation.
        further: Boolean; true where the source is a further one of the copy.
        mixture: String, which part of the copy comes from which source; empty where it has one.
        rows: Tuple of Row.
        review: ReviewBlock, or None on a page that no site stands around.
    """

    fragment: str
    source: Side
    copy: Side
    first: str
    reason: str
    verdict: str
    reuse: str
    score: str
    longest_passage: str
    tally: str
    explanation: Explanation
    further: bool
    mixture: str
    rows: tuple[Row, ...]
    review: ReviewBlock | None = None


def make_comparison(
    comparison: Comparison,
    members: Mapping[str, Member],
    letters: Mapping[str, str],
    fragments: Fragments,
    mixture: str = "",
    most_facts: int = MOST_FACTS,
) -> ComparisonView:
    """Make the view of a comparison.

    Args:
        comparison: Comparison.
        members: Mapping from id to Member.
        letters: Mapping from id to letter.
        fragments: Fragments of the page.
        mixture: String, which part of the copy comes from which source; empty where it has one.
        most_facts: Integer, how many facts it lists.

    Returns:
        ComparisonView.
    """
    source, copy = members[comparison.source].prepared, members[comparison.copy].prepared
    reused = sum(passage.length for passage in comparison.passages)
    return ComparisonView(
        fragment=f"pair-{comparison.name}",
        source=_side(source, letters, comparison.source_in_copy, comparison.source_verbatim),
        copy=_side(copy, letters, comparison.copy_in_source, comparison.copy_verbatim),
        first=letters.get(comparison.direction.source, ""),
        reason=comparison.direction.reason,
        verdict=VERDICTS[comparison.verdict],
        reuse=show_share(comparison.reuse),
        score="below the threshold" if comparison.score is None else show_share(comparison.score),
        longest_passage=count(comparison.longest_passage, "word") if reused else "none",
        tally=_tally(comparison),
        explanation=make_explanation(comparison, (source, copy), letters, fragments, bool(mixture), most_facts),
        further=comparison.brings is not None,
        mixture=mixture,
        rows=_rows(comparison, source, copy, letters[comparison.source], fragments),
    )


def words_in_passages(article: Prepared, verbatim: float) -> int:
    """Count the words of an article that lie in passages, from their share.

    Args:
        article: Prepared.
        verbatim: Share of its words.

    Returns:
        Integer.
    """
    return round(verbatim * len(article.words))


def _side(article: Prepared, letters: Mapping[str, str], reuse: float, verbatim: float) -> Side:
    """Make one side of a comparison."""
    about = article.article
    reused = words_in_passages(article, verbatim)
    return Side(
        letter=letters[about.id],
        fragment=f"a-{about.id}",
        headline=make_headline(about),
        reuse=show_share(reuse),
        verbatim=show_words_of(reused, len(article.words)),
    )


def _tally(comparison: Comparison) -> str:
    """Say how many sentences of the copy are of each kind, and how many of the source were dropped."""
    kinds = [link.kind for link in comparison.links]
    parts = [
        f"{kinds.count(kind):,} {KINDS[kind]}" for kind in ("verbatim", "edited", "rewritten", "new") if kind in kinds
    ]
    dropped = [f"{count(len(comparison.dropped), 'sentence')} of the source dropped"] if comparison.dropped else []
    return f"{count(len(kinds), 'sentence')}: " + ", ".join(parts) + "".join(f"; {text}" for text in dropped)


def _rows(
    comparison: Comparison, source: Prepared, copy: Prepared, source_letter: str, fragments: Fragments
) -> tuple[Row, ...]:
    """Make the rows of a comparison, one a segment."""
    marks = make_marks(source, copy, comparison.passages)
    shown_at, _ = sentences_at(comparison, fragments)
    return tuple(
        _row(segment, source, copy, marks, fragments[comparison.name, segment.key], shown_at, source_letter)
        for segment in comparison.segments
    )


def _row(
    segment: Segment,
    source: Prepared,
    copy: Prepared,
    marks: Marks,
    fragment: str,
    shown_at: Mapping[int, str],
    source_letter: str,
) -> Row:
    """Make the row of one segment."""
    changed = segment.kind in ("edited", "rewritten")
    return Row(
        fragment=fragment,
        kind=segment.kind,
        label=KINDS[segment.kind],
        kept=f"{show_share(segment.kept)} of words kept" if changed else "",
        name=_range(segment.copy) if segment.copy else source_letter + _range(segment.source),
        pointers=_pointers(segment, shown_at, source_letter),
        opens_paragraph=_opens_paragraph(copy, segment.copy)
        if segment.copy
        else _opens_paragraph(source, segment.source),
        interleaved=segment.interleaved,
        pieces=cut_segment(segment, source.article.text, copy.article.text, marks),
    )


def _range(sentences: tuple[int, ...]) -> str:
    """Number sentences that stand in a row."""
    first, last = sentences[0] + 1, sentences[-1] + 1
    return f"{first}" if first == last else f"{first}–{last}"


def _pointers(segment: Segment, shown_at: Mapping[int, str], source_letter: str) -> tuple[Pointer, ...]:
    """Say where a segment moved from, and what else it draws on."""
    moved: list[Pointer] = []
    if segment.moved and segment.source:
        first = segment.source[0]
        neighbour = shown_at.get(first - 1) or shown_at.get(segment.source[-1] + 1, "")
        moved.append(Pointer(f"moved from sentence {first + 1} of {source_letter}", neighbour))
    also = (
        Pointer(f"also draws on sentence {index + 1} of {source_letter}", shown_at.get(index, ""))
        for index in segment.also
    )
    return (*moved, *also)


def _opens_paragraph(article: Prepared, sentences: tuple[int, ...]) -> bool:
    """Tell whether a line break stands before the first of some sentences."""
    first = sentences[0]
    if first == 0:
        return True
    return "\n" in article.article.text[article.sentences[first - 1][1] : article.sentences[first][0]]
