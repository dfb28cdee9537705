"""What became of the names of a source in its copy."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from generator.compare.names import Name, find_names, fold, initials, is_adjective
from generator.compare.once import once
from generator.compare.sides import Sides, added, dropped, sentence_at, told
from generator.compare.signal_words import distinct_words
from generator.evidence import Fact
from generator.values import Prepared, Span

KIND = "name"

ALIKE = 80.0
"""Float from 0 to 100, rapidfuzz's ratio: from here on two words are spellings of one, such as Zelensky and Zelenskyy."""

SHORTEST = 5
"""Integer, in letters: shorter words are never taken for spellings of one another."""

_UNSEEN = str.maketrans("", "", ".'’")

ROOT = 4
"""Integer, in letters: `Iranian` stands for Iran where they begin alike up to here."""


def compare_names(sides: Sides) -> list[Fact]:
    """Tell which names were kept, changed, dropped and added.

    Kept: the copy has the name, a shorter or longer form of it, or its initials. Changed: it has another spelling
    (`Assad`, `al-Assad`), or an aligned sentence has a name that shares a word with it (`Mark Cohen`, `Michael Cohen`).
    A name whose words stand in the other article in any other way counts as kept there and is not reported as new.

    Args:
        sides: Sides.

    Returns:
        List of Fact: kept, changed, dropped, then added ones.
    """
    ours, theirs = find_names(sides.source), find_names(sides.copy)
    pairs = _pair(sides, ours, theirs)
    facts = [
        Fact(
            KIND,
            "kept" if _is_same(ours[i], theirs[j]) else "changed",
            told(sides.source, ours[i].spans, ours[i].text),
            told(sides.copy, theirs[j].spans, theirs[j].text),
        )
        for i, j in sorted(pairs.items())
    ]
    left = [name for i, name in enumerate(ours) if i not in pairs]
    right = [name for j, name in enumerate(theirs) if j not in pairs.values()]
    there, here = _find_all(sides.copy, left), _find_all(sides.source, right)
    facts += [
        Fact(KIND, "kept", told(sides.source, name.spans, name.text), told(sides.copy, there[name]))
        for name in left
        if name in there
    ]
    facts.sort(key=lambda fact: (fact.state != "kept", fact.source.spans))
    facts += [dropped(KIND, sides, name.spans, name.text) for name in left if name not in there]
    return facts + [added(KIND, sides, name.spans, name.text) for name in right if name not in here]


def _pair(sides: Sides, ours: Sequence[Name], theirs: Sequence[Name]) -> dict[int, int]:
    """Pair the names of both articles, the surest first."""
    pairs: dict[int, int] = {}
    free = dict(enumerate(theirs))
    exact = {name.parts: j for j, name in reversed(free.items())}
    for i, name in enumerate(ours):
        if name.parts in exact:
            pairs[i] = exact[name.parts]
            free.pop(pairs[i], None)
    for test in (_is_form, _is_spelling, _shares_word):
        for i, name in enumerate(ours):
            if i in pairs:
                continue
            fitting = (j for j, other in free.items() if test(sides, name, other))
            j = next(fitting, -1)
            if j >= 0:
                pairs[i] = j
                del free[j]
    return pairs


def _are_aligned(sides: Sides, ours: Name, theirs: Name) -> bool:
    """Whether two names stand in aligned sentences."""
    reach = {j for start, _ in ours.spans for j in sides.forth[sentence_at(sides.source, start)]}
    return any(sentence_at(sides.copy, start) in reach for start, _ in theirs.spans)


def _is_form(sides: Sides, ours: Name, theirs: Name) -> bool:
    """Whether one is a shorter form of the other: its last words, its initials, or, in aligned sentences, a run of it."""
    if len(ours.parts) == len(theirs.parts):
        return False
    short, long = (ours, theirs) if len(ours.parts) < len(theirs.parts) else (theirs, ours)
    if long.parts[-len(short.parts) :] == short.parts or (
        len(short.parts) == 1 and short.parts[0] in initials(long.text)
    ):
        return True
    runs = (long.parts[i : i + len(short.parts)] for i in range(len(long.parts) - len(short.parts)))
    return short.parts in runs and _are_aligned(sides, ours, theirs)


def _is_spelling(sides: Sides, ours: Name, theirs: Name) -> bool:
    if len(ours.parts) != len(theirs.parts):
        return False
    for a, b in zip(ours.parts, theirs.parts, strict=True):
        if a != b and (min(len(a), len(b)) < SHORTEST or fuzz.ratio(a, b) < ALIKE):
            return False
    return _are_aligned(sides, ours, theirs)


def _shares_word(sides: Sides, ours: Name, theirs: Name) -> bool:
    if len(ours.parts) < 2 or len(theirs.parts) < 2:
        return False
    return (ours.parts[-1] == theirs.parts[-1] or ours.parts[0] == theirs.parts[0]) and _are_aligned(
        sides, ours, theirs
    )


def _is_same(ours: Name, theirs: Name) -> bool:
    """Whether two names that were paired are told alike; points and apostrophes aside."""
    if ours.parts == theirs.parts:
        return ours.text == theirs.text or _plain(ours.text) == _plain(theirs.text)
    return len(ours.parts) != len(theirs.parts)


def _plain(text: str) -> str:
    return text.casefold().translate(_UNSEEN)


@once
def _folded(article: Prepared) -> tuple[Sequence[str], frozenset[str]]:
    """The words of an article, folded, and each of them once."""
    distinct = distinct_words(article)
    if all(map(str.isascii, distinct)):
        return article.words, distinct
    words = [word if word.isascii() else "".join(fold(word)) for word in article.words]
    return words, frozenset(words)


def _find_all(article: Prepared, names: Sequence[Name]) -> dict[Name, list[Span]]:
    """Where the words of names stand in an article in any other way: in small letters, or as an adjective of the name."""
    if not names:
        return {}
    words, distinct = _folded(article)
    first = {name.parts[0] for name in names} & distinct
    places: dict[str, list[int]] = {word: [] for word in first}
    for place, word in [(place, word) for place, word in enumerate(words) if word in first] if first else ():
        places[word].append(place)
    roots = tuple({name.parts[0][:ROOT] for name in names if len(name.parts) == 1 and len(name.parts[0]) >= ROOT})
    adjectives = [word for word in distinct if word.startswith(roots) and is_adjective(word)]
    found = {}
    for name in names:
        runs = [
            (article.spans[place][0], article.spans[place + len(name.parts) - 1][1])
            for place in places.get(name.parts[0], ())
            if tuple(words[place : place + len(name.parts)]) == name.parts
        ]
        if not runs and len(name.parts) == 1 and len(name.parts[0]) >= ROOT:
            alike = [word for word in adjectives if word.startswith(name.parts[0][:ROOT])]
            runs = [article.spans[place] for place, word in enumerate(words) if word in alike] if alike else []
        if runs:
            found[name] = runs
    return found
