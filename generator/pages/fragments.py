"""Addresses inside a page: the fragments of hunks, and words that lead to them."""

from collections.abc import Iterable, Mapping

from generator.frozen import dataclass
from generator.values import Comparison

Fragments = Mapping[tuple[str, str], str]
"""The fragment of a hunk, by its comparison's name and its segment's key."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words that lead to another place of the page.

    Attributes:
        text: String.
        fragment: String, without `#`; empty where there is nowhere to lead.
    """

    text: str
    fragment: str


def make_fragments(comparisons: Iterable[Comparison]) -> dict[tuple[str, str], str]:
    """Give every hunk of a page its fragment.

    It is `h-<key>`. A key hashes both sides of a hunk, so two comparisons have the same key only where both texts are
    the same; then the first keeps it, and the others add their comparison's name. A page without the longer fragment leads to
    the shorter one, which shows the same texts.

    Args:
        comparisons: Iterable of Comparison, in the order of the page.

    Returns:
        Dict from the comparison's name and the segment's key to the fragment, without `#`.
    """
    fragments: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for comparison in comparisons:
        for segment in comparison.segments:
            plain = f"h-{segment.key}"
            fragments[comparison.name, segment.key] = f"{plain}-{comparison.name}" if plain in taken else plain
        taken.update(f"h-{segment.key}" for segment in comparison.segments)
    return fragments


def sentences_at(comparison: Comparison, fragments: Fragments) -> tuple[dict[int, str], dict[int, str]]:
    """Where each sentence of a comparison is shown.

    Args:
        comparison: Comparison.
        fragments: Fragments of the page.

    Returns:
        Pair of dictionaries from sentence to fragment, of the source and of the copy.
    """
    source: dict[int, str] = {}
    copy: dict[int, str] = {}
    name = comparison.name
    for segment in comparison.segments:
        fragment = fragments[name, segment.key]
        for sentence in segment.source:
            source[sentence] = fragment
        for sentence in segment.copy:
            copy[sentence] = fragment
    return source, copy
