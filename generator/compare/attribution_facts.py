"""Who is said to say what: kept, said more or less surely, dropped, added, or put into another mouth."""

from collections.abc import Sequence

from generator.compare.sides import Sides, added, dropped, sentence_at, told
from generator.compare.speakers import Attribution
from generator.compare.voices import Speaker, are_different, are_same, read_speakers
from generator.evidence import Fact
from generator.frozen import dataclass
from generator.values import Prepared

KIND = "attribution"
MOST_BESIDE = 50
"""Attributions of aligned sentences that are looked at for one of the source; a text made to be slow has thousands in one."""


@dataclass(frozen=True, slots=True)
class _Said:
    """The attributions of one article, with the sentence and the speakers of each."""

    attributions: tuple[Attribution, ...]
    sentences: tuple[int, ...]
    speakers: tuple[tuple[Speaker, ...], ...]
    phrases: tuple[str, ...]


def compare_attributions(sides: Sides, ours: Sequence[Attribution], theirs: Sequence[Attribution]) -> list[Fact]:
    """Tell what became of the attributions in sentences that the copy restates.

    Kept: an aligned sentence names the same speaker, or one that may be the same. Changed: the verb stands more or less
    behind what is said, such as `confirmed` for `said`. Moved: the aligned sentence names another speaker. Dropped: no
    aligned sentence names any, so that the copy tells as a fact what the source only reports. Sentences without an
    aligned one count neither way: there the statement itself was dropped or added.

    Args:
        sides: Sides.
        ours: Sequence of Attribution of the source.
        theirs: Sequence of Attribution of the copy.

    Returns:
        List of Fact: those on both sides, then dropped, then added ones.
    """
    said, retold = _read(sides.source, ours), _read(sides.copy, theirs)
    facts: list[Fact] = []
    lost: list[Fact] = []
    paired: set[int] = set()
    for i, attribution in enumerate(said.attributions):
        reach = sides.forth[said.sentences[i]]
        beside = [j for j, sentence in enumerate(retold.sentences) if sentence in reach]
        if len(beside) > MOST_BESIDE:
            beside = [j for j in beside if j not in paired][:MOST_BESIDE] or beside[:MOST_BESIDE]
        if beside:
            j = min(beside, key=lambda j: (_rank(said, i, retold, j), j in paired, j))
            paired.add(j)
            facts.append(_fact(sides, said, i, retold, j))
        elif reach and not _stands_near(said, i, reach, retold):
            lost.append(dropped(KIND, sides, [attribution.span]))
    for j, attribution in enumerate(retold.attributions):
        back = sides.back[retold.sentences[j]]
        if j not in paired and back and not any(sentence in back for sentence in said.sentences):
            lost.append(added(KIND, sides, [attribution.span]))
    return facts + lost


def _read(article: Prepared, attributions: Sequence[Attribution]) -> _Said:
    phrases = tuple(" ".join(article.article.text[slice(*a.speaker)].split()) for a in attributions)
    return _Said(
        tuple(attributions),
        tuple(sentence_at(article, a.speaker[0]) for a in attributions),
        tuple(read_speakers(phrases)),
        phrases,
    )


def _rank(said: _Said, i: int, retold: _Said, j: int) -> int:
    """0 for the same speaker, 1 for one that may be the same, 2 for another."""
    if are_same(said.speakers[i], retold.speakers[j]):
        return 0
    return 2 if are_different(said.speakers[i], retold.speakers[j], said.speakers) else 1


def _fact(sides: Sides, said: _Said, i: int, retold: _Said, j: int) -> Fact:
    ours, theirs = said.attributions[i], retold.attributions[j]
    source, copy = told(sides.source, [ours.span]), told(sides.copy, [theirs.span])
    if _rank(said, i, retold, j) == 2:
        note = f"said by {said.phrases[i]} in the source, by {retold.phrases[j]} in the copy"
        return Fact(KIND, "moved", source, copy, note)
    if ours.stance != theirs.stance:
        return Fact(KIND, "changed", source, copy, f"“{ours.verb}” became “{theirs.verb}”")
    return Fact(KIND, "kept", source, copy)


def _stands_near(said: _Said, i: int, reach: Sequence[int], retold: _Said) -> bool:
    """Whether a sentence of the copy next to the aligned ones names the same speaker: `He said` need not be repeated."""
    near = {sentence + step for sentence in reach for step in (-1, 1)}
    return any(
        sentence in near and are_same(said.speakers[i], retold.speakers[j])
        for j, sentence in enumerate(retold.sentences)
    )
