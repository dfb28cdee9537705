"""What an article tells in particular, found so cheaply that every pair of a cluster can be asked: numbers and names."""

from functools import lru_cache

import regex

from generator.values import Article

# The digits of a number, without what parts them, since languages differ in that; a capitalised word inside a sentence.
_DETAIL = regex.compile(r"\d+|(?<=[\p{L}\p{N},;][ \u00a0])\p{Lu}[\p{L}\p{M}]+")
_WORD = regex.compile(r"\w+")


@lru_cache(maxsize=4096)
def _details(text: str) -> frozenset[str]:
    return frozenset(match.casefold() for match in _DETAIL.findall(text))


@lru_cache(maxsize=4096)
def _told(text: str) -> frozenset[str]:
    return _details(text).union(_WORD.findall(text.casefold()))


def count_own(a: Article, b: Article) -> int:
    """How many details only the first of two articles has: numbers, and names word by word.

    Args:
        a: Article.
        b: Article.

    Returns:
        Integer: its details that stand nowhere in the other article, whether or not as details.
    """
    return len(_details(a.text) - _told(b.text))
