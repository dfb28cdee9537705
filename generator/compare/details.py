"""What an article tells in particular, found so cheaply that every pair of a cluster can be asked: numbers and names."""

import re
from functools import cache, lru_cache

from generator.patterns import compile_pattern
from generator.values import Article

# The digits of a number, without what parts them, since languages differ in that; a capitalised word inside a sentence.
_DETAIL = compile_pattern(r"\d+|(?<=[\p{L}\p{N},;][ \u00a0])\p{Lu}[\p{L}\p{M}]+")
_WORD = compile_pattern(r"\w")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# Of the characters of ASCII those that are part of no word become spaces.
_SPACED = bytes(code if chr(code).isalnum() or code == ord("_") or code > 127 else 32 for code in range(256))


@lru_cache(maxsize=4096)
def _details(text: str) -> frozenset[str]:
    return frozenset(match.casefold() for match in _DETAIL.findall(text))


@lru_cache(maxsize=4096)
def _told(text: str) -> frozenset[str]:
    folded = text.casefold()
    for character in set(_FOREIGN.findall(folded)):
        if not _is_of_word(character):
            folded = folded.replace(character, " ")
    return frozenset(
        folded.encode("utf-8", "surrogatepass").translate(_SPACED).decode("utf-8", "surrogatepass").split()
    )


@cache
def _is_of_word(character: str) -> bool:
    return _WORD.match(character) is not None


def count_own(a: Article, b: Article) -> int:
    """How many details only the first of two articles has: numbers, and names word by word.

    Args:
        a: Article.
        b: Article.

    Returns:
        Integer: its details that stand nowhere in the other article, whether or not as details.
    """
    one, other = a.text, b.text
    return len(_details(one) - _details(other) - _told(other)) if one != other else 0
