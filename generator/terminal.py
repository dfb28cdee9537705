"""A page of two articles → a terminal: the same finding, numbers and word diff as in the browser.

Nothing depends on colour: what only one side has stands in the page's own brackets.
"""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from generator.pages.cluster import ClusterPage
from generator.pages.pieces import Piece, Run
from generator.pages.rows import ComparisonView, Row
from generator.percent import SPACE

CUT, ADDED, MOVED, NEAR, QUIET = "red strike", "green underline", "magenta", "yellow", "dim"
"""rich's styles, for text only in the source, text only in the copy, text that moved, the same words written otherwise, labels."""

_LABEL = 13
# rich breaks lines at a space that does not break; this stands for it while it does.
_UNBROKEN = "\ue000"


def show_pair(page: ClusterPage) -> str:
    """Show the page of two articles as lines for the terminal that standard output is.

    Args:
        page: ClusterPage of one comparison.

    Returns:
        String; coloured on a terminal, unless NO_COLOR is set, and never in a pipe.
    """
    console = Console(highlight=False)
    with console.capture() as capture:
        for part in _parts(page):
            console.print(part)
    shown = capture.get().replace(_UNBROKEN, SPACE)
    return "".join(f"{line.rstrip(' ')}\n" for line in shown.splitlines())


def _parts(page: ClusterPage) -> Iterator[RenderableType]:
    (comparison,) = page.comparisons
    yield _prose(page.finding.sentence, "bold")
    yield _prose(page.finding.evidence)
    if page.finding.direction:
        yield _prose(page.finding.direction)
    yield ""
    yield _articles(page)
    yield ""
    yield _numbers(comparison)
    if comparison.explanation.facts:
        yield ""
        yield _facts(comparison)
    yield ""
    yield _legend(comparison)
    yield ""
    yield _rows(comparison)


def _prose(text: str, style: str = "") -> Text:
    return Text(text.replace(SPACE, _UNBROKEN), style)


def _articles(page: ClusterPage) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    for article in page.articles:
        grid.add_row(Text(article.letter, "bold"), Text(article.headline.text), Text(article.path, QUIET))
    return grid


def _numbers(comparison: ComparisonView) -> RenderableType:
    source, copy = comparison.source, comparison.copy
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style=QUIET, no_wrap=True)
    for name, value in (
        ("verdict", comparison.verdict),
        ("reuse", comparison.reuse),
        ("score", comparison.score),
        (f"{copy.letter} in {source.letter}, by weight", copy.reuse),
        (f"{source.letter} in {copy.letter}, by weight", source.reuse),
        (f"{copy.letter} word for word in {source.letter}", copy.verbatim),
        (f"{source.letter} word for word in {copy.letter}", source.verbatim),
        ("longest passage", comparison.longest_passage),
        (f"sentences of {copy.letter}", comparison.tally),
    ):
        grid.add_row(name, _prose(value))
    return grid


def _facts(comparison: ComparisonView) -> RenderableType:
    told = comparison.explanation
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style=QUIET)
    for fact in told.facts:
        both = Text().append(fact.source.text or "–", CUT if fact.source.text else "").append(" → ")
        both.append(fact.copy.text or "–", ADDED if fact.copy.text else "")
        grid.add_row(fact.kind, fact.state, both)
    more = (Text(f"and {told.more_facts} more", QUIET),) if told.more_facts else ()
    title = "What changed in substance; found by rules, so check before you rely on it"
    return Group(Text(title, "bold"), grid, *more)


def _legend(comparison: ComparisonView) -> RenderableType:
    source, copy = comparison.source.letter, comparison.copy.letter
    line = Text().append(f"{copy} beside {source}: ", "bold")
    line.append("[−", QUIET).append(f"only in {source}", CUT).append("−]", QUIET).append("  ")
    line.append("[+", QUIET).append(f"only in {copy}", ADDED).append("+]", QUIET).append("  ")
    return line.append("moved", MOVED).append("  ").append("other punctuation or capitals", NEAR)


def _rows(comparison: ComparisonView) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=_LABEL, style=QUIET)
    grid.add_column(overflow="fold")
    for row in comparison.rows:
        text = Text()
        for part in _text_of(row):
            text.append_text(part)
        grid.add_row(row.label, text)
    return grid


def _text_of(row: Row) -> Iterator[Text]:
    for piece in row.pieces:
        yield Text(_gap(piece.lead))
        yield from _piece(piece)
        yield Text(_gap(piece.tail))


def _gap(space: str) -> str:
    """White space as one space: a row is a sentence or two, whose paragraphs the labels part already."""
    return " " if space else ""


def _piece(piece: Piece) -> Iterator[Text]:
    if not piece.runs:
        return
    if piece.kind in ("cut", "added"):
        opens, closes = ("[−", "−]") if piece.kind == "cut" else ("[+", "+]")
        yield Text(opens, QUIET)
        yield from (_styled(run, MOVED if run.passage else CUT if piece.kind == "cut" else ADDED) for run in piece.runs)
        yield Text(closes, QUIET)
    else:
        yield from (_styled(run, NEAR if piece.kind == "near" else "") for run in piece.runs)


def _styled(run: Run, style: str) -> Text:
    return Text(" ".join(run.text.split("\n")), style)
