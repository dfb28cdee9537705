"""Credits of two articles: agency, byline, dateline, contributors and editors; kept or lost."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

import regex

from generator.compare.names import fold
from generator.compare.once import once
from generator.compare.sides import Sides, added, dropped, told
from generator.compare.signal_words import distinct_words
from generator.evidence import Fact, Mention
from generator.frozen import dataclass
from generator.values import Article, Prepared, Span

KIND = "credit"

AGENCY, DATELINE, BYLINE, LINE = "agency", "dateline", "byline", "credit line"

# Lines of their own, each with words one of which it can't be without: a search for all of them in every text is slow.
_LINES = (
    (
        ("contributed",),
        r"[^\n.]{0,200}\bcontributed\s+(?:reporting|to\s+this\s+(?:report|story|article))\b[^\n]{0,80}",
    ),
    (("eporting",), r"\(?(?:Additional\s+|Writing\s+and\s+)?[Rr]eporting\s+by\s[^\n]{3,200}"),
    (
        ("Edited", "Editing", "Written", "Compiled", "Translated"),
        r"\(?(?:Edited|Editing|Written|Compiled|Translated)\s+by\s[^\n]{3,160}",
    ),
    (("With",), r"With\s+(?:files|reporting|additional\s+reporting|inputs)\s+(?:from|by)\s[^\n]{3,120}"),
    (("©", "(c)", "Copyright"), r"(?:©|\(c\)|Copyright)\s[^\n]{3,120}"),
    (("reserved",), r"[^\n]{0,80}\bAll\s+rights\s+reserved\b[^\n]{0,60}"),
    (("Photo", "Image", "Picture"), r"(?:Photo|Photograph|Image|Picture)(?:\s+(?:credit|by|courtesy)\b)[^\n]{2,100}"),
)
_LAST = r"|(?<=[.!?”\"]\s)[^\n.]{0,160}\bcontributed\s+to\s+this\s+(?:report|story|article)\b"


# In every credit line one of these words stands, most often before one word of a few.
_TELLING = frozenset(
    """
    contributed reporting edited editing written compiled translated files inputs copyright reserved photo
    photograph image picture
    """.split()  # noqa: SIM905
)
_FOLLOWED = frozenset(
    (word, following)
    for words, followers in (
        ("contributed", "reporting to"),
        ("reporting edited editing written compiled translated", "by"),
        ("with", "files reporting additional inputs"),
        ("rights", "reserved"),
        ("photo photograph image picture", "credit by courtesy"),
    )
    for word in words.split()
    for following in followers.split()
)


@dataclass(frozen=True, slots=True)
class Credit:
    """Who is named for an article.

    Attributes:
        sort: String, AGENCY, DATELINE, BYLINE or LINE.
        text: String on one line.
        spans: Tuple of Span, where the text tells it; empty where only the article's own data do.
    """

    sort: str
    text: str
    spans: tuple[Span, ...]


@once
def find_credits(article: Prepared) -> tuple[Credit, ...]:
    """Find the credits of an article: what its data name, and lines such as `X contributed to this report`.

    Lines are read in English; agency, dateline and byline as generator.read finds them.

    Args:
        article: Prepared.

    Returns:
        Tuple of Credit: agency, dateline, byline, then lines in order.
    """
    text = article.article.text
    pattern = _line_pattern(_possible(text)) if _may_hold_lines(article) else None
    lines = list(pattern.finditer(text)) if pattern else []
    told_lines = (Credit(LINE, " ".join(match[0].split()), (_trimmed(text, match.span()),)) for match in lines)
    return (*_of_data(article.article), *told_lines)


def find_credit_lines(text: str) -> tuple[str, ...]:
    """Find the lines of a text that name who wrote, edited or pictured it, such as `Reporting by X`.

    Args:
        text: String.

    Returns:
        Tuple of strings on one line.
    """
    pattern = _line_pattern(_possible(text))
    return tuple(" ".join(match[0].split()) for match in pattern.finditer(text)) if pattern else ()


def _may_hold_lines(article: Prepared) -> bool:
    """Whether there may be credit lines; mostly not, and to search for them takes longer."""
    text = article.article.text
    if "©" in text:
        return True
    if _TELLING.isdisjoint(distinct := distinct_words(article)):
        return False
    return "copyright" in distinct or "(c)" in text or not _FOLLOWED.isdisjoint(pairwise(article.words))


def _possible(text: str) -> tuple[str, ...]:
    return tuple(line for words, line in _LINES if any(word in text for word in words))


@cache
def _line_pattern(lines: tuple[str, ...]) -> regex.Pattern[str] | None:
    last = _LAST if _LINES[0][1] in lines else ""
    return regex.compile(rf"(?m)^[ \t(\[—–-]*(?:{'|'.join(lines)})\s*${last}") if lines else None


def compare_credits(sides: Sides) -> list[Fact]:
    """Tell which credits were kept, lost, changed and added.

    Args:
        sides: Sides.

    Returns:
        List of Fact: the source's in order, then added ones. The note says what sort of credit it is.
    """
    ours, theirs = find_credits(sides.source), find_credits(sides.copy)
    facts: list[Fact] = []
    paired: set[int] = set()
    for credit in ours:
        beside = [j for j, other in enumerate(theirs) if other.sort == credit.sort and j not in paired]
        same = [j for j in beside if _says(credit) == _says(theirs[j])]
        if same or (beside and credit.sort != LINE):
            j = (same or beside)[0]
            paired.add(j)
            state = "kept" if same else "changed"
            facts.append(
                Fact(KIND, state, _mention(sides.source, credit), _mention(sides.copy, theirs[j]), credit.sort)
            )
        else:
            facts.append(_one_sided(sides, credit, "dropped"))
    return facts + [_one_sided(sides, credit, "added") for j, credit in enumerate(theirs) if j not in paired]


def _of_data(article: Article) -> Iterator[Credit]:
    for sort, value in ((AGENCY, article.agency), (DATELINE, article.place), (BYLINE, article.author)):
        if value:
            yield Credit(sort, value, tuple(_places(article.text, value, sort)))


def _places(text: str, value: str, sort: str) -> Iterable[Span]:
    """The first place where a text tells a credit, in its first lines; the agency as a word in brackets or capitals."""
    if sort == AGENCY:
        match = regex.search(rf"\({regex.escape(value)}\)|(?<!\w){regex.escape(value)}(?!\w)", text)
    else:
        match = regex.compile(rf"(?<!\w){regex.escape(value)}(?!\w)", regex.IGNORECASE).search(text, 0, 300)
    return [match.span()] if match else []


def _trimmed(text: str, span: Span) -> Span:
    whole = text[slice(*span)]
    return span[0] + len(whole) - len(whole.lstrip()), span[0] + len(whole.rstrip())


def _says(credit: Credit) -> tuple[str, ...]:
    return fold(credit.text)


def _mention(article: Prepared, credit: Credit) -> Mention:
    if not credit.spans:
        return Mention(credit.text, (), ())
    return Mention(credit.text, credit.spans, told(article, credit.spans).sentences)


def _one_sided(sides: Sides, credit: Credit, state: str) -> Fact:
    nothing = Mention("", (), ())
    if state == "dropped":
        beside = dropped(KIND, sides, credit.spans).copy if credit.spans else nothing
        return Fact(KIND, state, _mention(sides.source, credit), beside, credit.sort)
    beside = added(KIND, sides, credit.spans).source if credit.spans else nothing
    return Fact(KIND, state, beside, _mention(sides.copy, credit), credit.sort)
