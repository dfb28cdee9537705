"""Draft → Article: what its dateline, byline and credit line add, its language and its id."""

import re

from generator.errors import ContentError
from generator.read.decode import clean
from generator.read.draft import Draft, one_line
from generator.read.language import language_code, language_of
from generator.read.newswire import byline, credited_agency, dateline, dateline_alone
from generator.read.slugs import slug
from generator.values import Article

_WORD = re.compile(r"[^\W_]")
_OPENING = 80


def article_of(draft: Draft, path: str, stem: str) -> Article:
    """Make an article; what the draft says wins over what its text says.

    Args:
        draft: Draft.
        path: String, POSIX path below the content folder, with `#` and the row's number for a row.
        stem: String that becomes the id where the draft asks for none.

    Returns:
        Article.

    Raises:
        ContentError: The text has no words.
    """
    text = clean(draft.text).strip()
    if not _WORD.search(text):
        raise ContentError("no words; write the article in it, or remove it")
    by = byline(text)
    start = by.span[1] if by else 0
    opening = dateline(text[start:] if start else text)
    lines = [line for line in (dateline_alone(draft.dateline) if draft.dateline else None, opening) if line]
    agencies = [line.agency for line in lines] + ([by.agency] if by else [])
    return Article(
        id=slug(draft.id or stem),
        path=path,
        title=draft.title or opening_words(text, start + (opening.span[1] if opening else 0)),
        text=text,
        titled=bool(draft.title),
        date=draft.date or next((line.date for line in lines if line.date), ""),
        source=draft.source,
        author=draft.author or (by.author if by else ""),
        language=language_code(draft.language) or language_of(text),
        url=draft.url,
        place=draft.place or next((line.place for line in lines if line.place), ""),
        agency=next(filter(None, agencies), "") or credited_agency(text),
    )


def opening_words(text: str, start: int) -> str:
    """Give the opening words of a text, to stand for a title.

    Args:
        text: String with at least one word.
        start: Integer, offset where the story begins, after byline and dateline.

    Returns:
        String of one line, at most 80 characters and `…` where more follows; cut between words where one ends by then.
    """
    words = one_line(text[start:])
    if not _WORD.search(words):
        words = one_line(text)
    if len(words) <= _OPENING:
        return words or "…"
    cut = words[: _OPENING + 1].rpartition(" ")[0] or words[:_OPENING]
    return cut.rstrip(" ,;:—–-") + "…"
