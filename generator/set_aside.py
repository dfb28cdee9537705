"""Formula of an article → the phrases that a reader can find in its text."""

from collections.abc import Iterator

from generator.evidence import Phrase, SetAside
from generator.fingerprint import keys_of
from generator.found import Formula
from generator.values import Prepared, Span

MOST_PHRASES = 12
"""Phrases of an article that are told; the others are counted."""

LIGHTEST = 5 * 2**20
"""Weight, in multiples of 2**-20, of the lightest phrase that is told: a lone `of` tells nobody anything."""

_UNIT = 2**20


def tell_set_aside(article: Prepared, formula: Formula) -> SetAside:
    """Find the phrases of an article that are formula.

    A phrase is a run of words whose neighbours make pairs that are all formula; a word that is formula and stands in no such
    pair is a phrase by itself. Those that weigh most are told.

    Args:
        article: Prepared.
        formula: Formula of it.

    Returns:
        SetAside.
    """
    singles, doubles = (keys.tolist() for keys in keys_of(article.words))
    weights = dict(zip(singles, article.weights, strict=True))
    weights |= {
        key: left + right for key, left, right in zip(doubles, article.weights, article.weights[1:], strict=False)
    }
    told = formula.tellings
    found: dict[tuple[str, ...], tuple[Span, set[int]]] = {}
    for start, end in _runs([key in told for key in singles], [key in told for key in doubles]):
        keys = {*singles[start:end], *doubles[start : end - 1]} & told.keys()
        found.setdefault(article.words[start:end], ((start, end), keys))
    heavy = {span: sum(weights[key] for key in keys) for span, keys in found.values()}
    ranked = sorted(found.values(), key=lambda run: (-heavy[run[0]], run[0]))
    heaviest = [run for run in ranked[:MOST_PHRASES] if heavy[run[0]] >= LIGHTEST]
    whole = sum(weights.values())
    return SetAside(
        share=sum(weights[key] for key in weights.keys() & told.keys()) / whole if whole else 0.0,
        phrases=tuple(
            _phrase(article, span, min(told[key] for key in keys) / _UNIT) for span, keys in sorted(heaviest)
        ),
        more=len(found) - len(heaviest),
    )


def _runs(single: list[bool], double: list[bool]) -> Iterator[Span]:
    """Ranges of words: as long as pairs are formula, else words that are, alone."""
    start = 0
    while start < len(single):
        end = start + 1
        while end < len(single) and double[end - 1]:
            end += 1
        if end > start + 1 or single[start]:
            yield start, end
        start = end


def _phrase(article: Prepared, words: Span, tellings: float) -> Phrase:
    span = article.spans[words[0]][0], article.spans[words[1] - 1][1]
    return Phrase(" ".join(article.article.text[slice(*span)].split()), span, tellings)
