"""Names of people, places and organisations of an article: runs of capitalised words, with their short forms."""

import unicodedata
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

import regex

from generator.compare.name_words import ADJECTIVE, DEPARTMENTS, NO_NAMES, OPENINGS, TITLES
from generator.compare.once import once
from generator.frozen import dataclass
from generator.patterns import compile_pattern
from generator.values import Prepared, Span

RARE = 3.5 * 2**20
"""Float, a weight (see generator.prepare): a word of this weight may open a sentence and be a name."""

_WORD = (
    r"(?:(?:\p{Lu}\.)+(?:\p{Lu}\b)?"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Prof|St)\.|\p{Lu}[\p{L}\p{M}\d]*(?:[-’'](?!s\b)\p{Lu}[\p{L}\p{M}\d]*)*)"
)
_SHORTENED = frozenset("Mr Mrs Ms Dr Gen Sen Rep Gov Lt Col Sgt Capt Prof St".split())  # noqa: SIM905
_LINK = (
    r"(?:of the|of|for the|for|de la|de los|de|du|des|del|della|di|da|do|dos"
    r"|van der|van den|van|von der|von|zu|bin|ibn|y|al|el|&)"
)
# The words that _LINK and _PREFIX begin with, each as a slice of Prepared.words; and what no run goes on after.
_LEADING = frozenset(
    (word,)
    for word in """
    of for de du des del della di da do dos van von zu bin ibn y al el ad as ash ar at d l
    """.split()  # noqa: SIM905
)
_JOINTS = frozenset("-’'")
_OPENERS = frozenset('“"„«‘')
_PARTING = frozenset(',;:!?()[]”"\n—–…/')
_PREFIX = r"(?:al|el|ad|as|ash|ar|at)[-’']"
_RUN = compile_pattern(
    rf"(?<![\p{{L}}\d])(?<![\p{{L}}\d]-(?<!\b{_PREFIX})){_WORD}(?:[ \u00a0](?:{_LINK}[ \u00a0])?(?:{_PREFIX}|[dl][’'])?{_WORD})*"
)
_BEFORE = compile_pattern(rf"\b{_PREFIX}$")
_POSSESSIVE = compile_pattern(r"['’]s?$")
_ARTICLE = compile_pattern(rf"^{_PREFIX}(?=\p{{L}})", regex.IGNORECASE)
_ELISION = compile_pattern(r"^[dl][’'](?=\p{Lu})")

# Languages that set every noun with a capital: a name needs two words there.
_CAPITALISED_NOUNS = frozenset({"de", "lb"})


_Word = tuple[Span, str]
"""A word of a run, and its letters casefolded."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name with all that it is mentioned by.

    Attributes:
        text: String, its longest form on one line.
        parts: Tuple of strings, the words of that form, folded.
        spans: Tuple of Span, every mention; that of the longest form first.
    """

    text: str
    parts: tuple[str, ...]
    spans: tuple[Span, ...]


@once
def find_names(article: Prepared) -> tuple[Name, ...]:
    """Find the names of an article.

    A name is a run of capitalised words, joined by such as `of` or `van`, without titles before it. A single word that
    opens a sentence counts where it is rare, or stands capitalised elsewhere too. Days, months and adjectives of places
    (`Syrian`) are no names. A mention by the last word of a longer name (`Assad`), or by its initials, goes to that name.
    In German a name needs two words; scripts without capitals have none.

    Args:
        article: Prepared.

    Returns:
        Tuple of Name, in the order of their first mention.
    """
    text = article.article.text
    starts = {start for start, _ in article.sentences}
    inside: list[Span] = []
    opening: list[Span] = []
    for words, plain in _candidates(article, starts):
        opens = words[0][0] in starts or text[words[0][0] - 1] in _OPENERS
        if (opens or len(words) == 1) and plain in OPENINGS:
            words, opens = words[1:], False
            if not words:
                continue
        if len(words) == 1:
            if article.article.language in _CAPITALISED_NOUNS or is_adjective(text[slice(*words[0])].casefold()):
                continue
            (opening if opens else inside).append(words[0])
        else:
            inside.append((words[0][0], words[-1][1]))
    known = {part for start, end in inside for part in fold(text[start:end])}
    inside += [span for span in opening if known.issuperset(fold(text[slice(*span)])) or _is_rare(article, span)]
    return _gather(text, sorted(inside))


def _candidates(article: Prepared, starts: Container[int]) -> Iterator[tuple[list[Span], str]]:
    """The words of what may be a name, and the first of them casefolded."""
    text, spans, folded = article.article.text, article.spans, article.words
    end = 0
    for place in [place for place, (start, _) in enumerate(spans) if text[start].isupper()]:
        start, stop = spans[place]
        if start < end:
            continue
        # Of letters of ASCII alone: to normalise is to casefold.
        last = _plain_run(article, place)
        if last == place + 1:
            end = stop
            if folded[place] not in NO_NAMES and folded[place] not in TITLES:
                yield [spans[place]], folded[place]
        elif last:
            end = spans[last - 1][1]
            for words in _cut(text, zip(spans[place:last], folded[place:last], strict=True), starts):
                yield words, text[slice(*words[0])].casefold()
        elif match := _RUN.match(text, start):
            end = match.end()
            for words in _cut(text, _words_of(text, match.span()), starts):
                yield words, text[slice(*words[0])].casefold()


def _plain_run(article: Prepared, place: int) -> int:
    """The place behind the words of a run that begins with some word; 0 leaves that to _RUN, which takes ten times as long."""
    text, spans = article.article.text, article.spans
    start, end = spans[place]
    before = text[start - 1 : start]
    if before != " " and (before in _JOINTS or before.isalnum()):
        return 0
    while (word := text[start:end]).isascii() and word.isalnum():
        place += 1
        after = text[end : end + 1]
        if after != " ":
            ends = (len(word) > 1 and word not in _SHORTENED) if after == "." else after in _PARTING
            return place if ends else 0
        following = text[end + 1 : end + 2]
        if not following.isupper() or place == len(spans):
            return place if following != "&" and article.words[place : place + 1] not in _LEADING else 0
        start, end = spans[place]
    return 0


@lru_cache(maxsize=2**16)
def fold(text: str) -> tuple[str, ...]:
    """The words of a name, as they are compared.

    Args:
        text: String.

    Returns:
        Tuple of strings: casefolded, without accents, points, possessives and the Arabic article.
    """
    words = (
        unicodedata.normalize("NFKD", _ARTICLE.sub("", _ELISION.sub("", _POSSESSIVE.sub("", word))))
        for word in text.split()
    )
    folded = ("".join(c for c in word.casefold() if c.isalnum()) for word in words)
    return tuple(word for word in folded if word)


@lru_cache(maxsize=2**16)
def is_adjective(word: str) -> bool:
    """Whether a word says of what sort something is, such as `syrian` or `kurds`.

    Args:
        word: String, casefolded.

    Returns:
        Boolean.
    """
    return ADJECTIVE.fullmatch(word) is not None


def _words_of(text: str, run: Span) -> Iterator[_Word]:
    """The words of a run, each with its span and casefolded, without a point at its end."""
    start = run[0]
    # One space parts the words.
    for token in text[slice(*run)].split():
        end = start + len(token)
        yield (_with_prefix(text, start) if start == run[0] else start, end), token.casefold().rstrip(".")
        start = end + 1


def _cut(text: str, run: Iterable[_Word], starts: Container[int]) -> Iterable[list[Span]]:
    """The words of the names in a run: parted at sentences, days and months, and begun anew after titles."""
    pieces: list[list[Span]] = [[]]
    before = title = ""
    for span, word in run:
        if span[0] in starts:
            pieces.append([])
        if word in NO_NAMES:
            pieces.append([])
        elif word in TITLES:
            pieces[-1], title = [], word
        elif pieces[-1] or _begins_name(text[slice(*span)], title and before == "of" and word in DEPARTMENTS):
            pieces[-1].append(span)
        before = word
    for piece in pieces:
        while piece and not _has_capital(text[slice(*piece[-1])]):
            piece.pop()
    return filter(None, pieces)


def _with_prefix(text: str, start: int) -> int:
    """Where a name begins, with the article of `al-Assad`."""
    if text[start - 1 : start] not in ("-", "’", "'"):
        return start
    prefix = _BEFORE.search(text, max(0, start - 4), start)
    return prefix.start() if prefix else start


def _begins_name(word: str, is_department: str | bool) -> bool:
    return not is_department and _has_capital(word)


def _has_capital(word: str) -> bool:
    return word[0].isupper() or any(map(str.isupper, word))


def _is_rare(article: Prepared, span: Span) -> bool:
    """Whether the word that opens a sentence is rare, and stands nowhere in small letters."""
    place = bisect_left(article.spans, (span[0], 0))
    if place == len(article.weights) or article.weights[place] < RARE:
        return False
    word, text = article.words[place], article.article.text
    alone = article.words.count(word) == 1
    places = [place] if alone else [other for other, w in enumerate(article.words) if w == word]
    return not any(text[article.spans[other][0]].islower() for other in places)


def _gather(text: str, spans: Iterable[Span]) -> tuple[Name, ...]:
    """Put the mentions of each name together."""
    groups: dict[tuple[str, ...], list[Span]] = {}
    for span in spans:
        parts = fold(text[span[0] : span[1]])
        if parts:
            groups.setdefault(parts, []).append(span)
    longer: dict[str, tuple[str, ...]] = {}
    for parts, mentions in groups.items():
        if len(parts) > 1:
            for short in _short_forms(text[slice(*mentions[0])]):
                longer.setdefault(short, parts)
    for parts in [parts for parts in groups if len(parts) == 1 and parts[0] in longer]:
        groups[longer[parts[0]]] += groups.pop(parts)
    names = [Name(" ".join(text[slice(*spans[0])].split()), parts, tuple(spans)) for parts, spans in groups.items()]
    return tuple(sorted(names, key=lambda name: min(name.spans)))


@lru_cache(maxsize=2**16)
def _short_forms(name: str) -> tuple[str, ...]:
    """What may stand for a name of several words: its last word, unless small words join them, and its initials."""
    joined = any(word.islower() for word in name.split())
    return ("" if joined else fold(name)[-1], *initials(name))


@lru_cache(maxsize=2**16)
def initials(name: str) -> tuple[str, ...]:
    """The first letters of a name: `hts` of `Hayat Tahrir al-Sham`, `doe` and `de` of `Department of Energy`.

    Args:
        name: String.

    Returns:
        Tuple of strings, casefolded, with and without words in small letters; empty where there are fewer than two words.
    """
    letters = [_ARTICLE.sub("", word)[0] for word in name.split()]
    capitals = [letter for letter in letters if letter.isupper()]
    forms = dict.fromkeys("".join(form).casefold() for form in (letters, capitals) if len(form) > 1)
    return tuple(forms)
