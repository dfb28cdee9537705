"""Whether two phrases name the same speaker, within an article and across two."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from generator.compare.name_words import NO_NAMES, TITLES
from generator.compare.names import fold, is_adjective
from generator.compare.sides import STEM
from generator.frozen import dataclass
from generator.patterns import compile_pattern

_AND = compile_pattern(r"\s+and\s+(?=(?:the|an?|his|her|its|their)\b|\p{Lu})")
_WORD = compile_pattern(r"[\p{L}\p{M}\d.]+(?:[-’'][\p{L}\d]+)*")
_LIGHT = frozenset(
    """
    the a an of for and in on at to his her its their one two three some many several all most by with from who is
    was also has had that this these those an anonymous unnamed he she it they i we you who le la les un une des du
    de another other
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a phrase tells of the person or body it names.

    Attributes:
        stems: Frozenset of strings, the beginnings of its words that mean something; none for a pronoun.
        names: Frozenset of strings, those of its words that are names, folded.
    """

    stems: frozenset[str]
    names: frozenset[str]


def read_speakers(phrases: Sequence[str]) -> list[tuple[Speaker, ...]]:
    """Read the phrases that name the speakers of one article.

    `the monitor` takes over what `the war monitor Syrian Observatory` tells where both stand in the article: a phrase all
    of whose words stand in a longer one means the same.

    Args:
        phrases: Sequence of strings.

    Returns:
        List of tuples of Speaker, one tuple for each phrase; several in it where `and` joins them.
    """
    read = [tuple(_read(part) for part in _AND.split(phrase)) for phrase in phrases]
    known = list(dict.fromkeys(speaker for speakers in read for speaker in speakers))
    return [tuple(_widen(speaker, known) for speaker in speakers) for speakers in read]


def are_same(a: Iterable[Speaker], b: Iterable[Speaker]) -> bool:
    """Whether two phrases may name the same: where both hold names, one in common, else one word.

    Args:
        a: Iterable of Speaker.
        b: Iterable of Speaker.

    Returns:
        Boolean.
    """
    others = tuple(b)
    return any(_alike(one, other) for one in a for other in others)


def are_different(a: Sequence[Speaker], b: Sequence[Speaker], known: Iterable[Sequence[Speaker]]) -> bool:
    """Whether two phrases surely name different speakers.

    They do where both hold names, and none in common; and where the second is another speaker that the first article
    knows. `The minister` and `Jane Roe` may be one.

    Args:
        a: Sequence of Speaker, of the first article.
        b: Sequence of Speaker, of the second.
        known: Iterable of sequences of Speaker, all of the first article.

    Returns:
        Boolean.
    """
    if are_same(a, b) or not any(one.stems for one in a) or not any(other.stems for other in b):
        return False
    if all(one.names for one in a) and all(other.names for other in b):
        return True
    return any(are_same(third, b) and not are_same(third, a) for third in known)


def _read(phrase: str) -> Speaker:
    stems: set[str] = set()
    names: set[str] = set()
    for word in _WORD.findall(phrase):
        stem, name = _read_word(word)
        if stem is not None:
            stems.add(stem)
        if name is not None:
            names.add(name)
    return Speaker(frozenset(stems), frozenset(names))


@lru_cache(maxsize=2**16)
def _read_word(word: str) -> tuple[str | None, str | None]:
    """The beginning of a word that means something, and the word folded where it is a name."""
    plain = word.casefold().rstrip(".")
    if plain in _LIGHT or plain in NO_NAMES:
        return None, None
    folded = "".join(fold(word))
    is_name = word[0].isupper() and plain not in TITLES and not is_adjective(plain)
    return folded[:STEM], folded if is_name else None


def _widen(speaker: Speaker, known: Iterable[Speaker]) -> Speaker:
    if not speaker.stems:
        return speaker
    wider = [other for other in known if speaker.stems <= other.stems]
    return Speaker(
        frozenset().union(*(other.stems for other in wider)), frozenset().union(*(other.names for other in wider))
    )


def _alike(a: Speaker, b: Speaker) -> bool:
    if a.names and b.names:
        return bool(a.names & b.names) or _abbreviates(a, b) or _abbreviates(b, a)
    return bool(a.stems & b.stems)


def _abbreviates(a: Speaker, b: Speaker) -> bool:
    """Whether a name of one is made of the first letters of the names of the other, in any order."""
    letters = sorted(name[0] for name in b.names)
    return len(letters) > 1 and any(sorted(name) == letters for name in a.names)
