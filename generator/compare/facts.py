"""Two articles → what became of quotations, figures, names, attributions, hedges and credits."""

from collections.abc import Sequence

from generator.compare.attribution_facts import compare_attributions
from generator.compare.credits import compare_credits
from generator.compare.figure_facts import compare_figures
from generator.compare.hedges import compare_hedges
from generator.compare.name_facts import compare_names
from generator.compare.once import once
from generator.compare.quotation_facts import compare_quotations
from generator.compare.quotations import Quotation, find_quotations
from generator.compare.sides import make_sides
from generator.compare.speakers import Attribution, find_attributions
from generator.evidence import Fact
from generator.values import Prepared, SentenceLink


def compare_facts(source: Prepared, copy: Prepared, links: Sequence[SentenceLink]) -> tuple[Fact, ...]:
    """Tell what a fact checker looks at first.

    English is read best. Digits, dates, percentages, names and quotation marks are read in every language that has them;
    number words, hedges, verbs of speech and credit lines in English only.

    Args:
        source: Prepared.
        copy: Prepared.
        links: Sequence of SentenceLink, one for each sentence of the copy, in order.

    Returns:
        Tuple of Fact: quotations, figures, names, attributions, hedges, credits. A name that
        only credits tell is told as a credit. An attribution inside a quotation, or of
        a quotation, is told with the quotation.
    """
    sides = make_sides(source, copy, links)
    (said, ours), (retold, theirs) = _said(source), _said(copy)
    told_credits = compare_credits(sides)
    return (
        *compare_quotations(sides, ours, theirs),
        *compare_figures(sides),
        *(fact for fact in compare_names(sides) if not _is_credit(fact, told_credits)),
        *compare_attributions(sides, said, retold),
        *compare_hedges(sides),
        *told_credits,
    )


def _is_credit(name: Fact, lines: Sequence[Fact]) -> bool:
    """Whether a name that was dropped or added stands in credits alone, so that they tell all of it."""
    spans = name.source.spans if name.state == "dropped" else name.copy.spans
    places = [span for fact in lines for span in (fact.source if name.state == "dropped" else fact.copy).spans]
    return name.state in ("dropped", "added") and all(
        any(start < last and first < end for first, last in places) for start, end in spans
    )


@once
def _said(article: Prepared) -> tuple[list[Attribution], tuple[Quotation, ...]]:
    """The attributions outside quotations, and the quotations."""
    attributions = find_attributions(article)
    quotations = find_quotations(article, attributions)
    return _outside(attributions, [quotation.span for quotation in quotations]), quotations


def _outside(attributions: Sequence[Attribution], quoted: Sequence[tuple[int, int]]) -> list[Attribution]:
    """Those that do not stand inside a quotation."""
    return [a for a in attributions if not any(start <= a.span[0] < end for start, end in quoted)]
