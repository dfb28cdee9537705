"""A web page → the main text, not menus, and what the page says of itself."""

import socket

from lxml.html import HtmlElement  # type: ignore[import-untyped]

# trafilatura loads urllib3, which opens a socket to see whether the machine has IPv6; a build opens none.
_has_ipv6, socket.has_ipv6 = socket.has_ipv6, False
import trafilatura  # noqa: E402
from trafilatura.metadata import extract_metadata  # noqa: E402

socket.has_ipv6 = _has_ipv6

from generator.errors import ContentError  # noqa: E402
from generator.read.draft import Draft, draft_of, one_line  # noqa: E402
from generator.read.markup import shown  # noqa: E402

# Only what the page declares counts as its date: a longer search would take any day that the text mentions, and
# without an upper end of its own the library rejects days by today's clock.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "9999-12-31"}


def read_html(text: str) -> Draft:
    """Read an article from a web page, without fetching anything.

    Args:
        text: String, decoded and cleaned.

    Returns:
        Draft.

    Raises:
        ContentError: No main text can be found.
    """
    tree = trafilatura.load_html(text)
    main = None if tree is None else _main_part(text)
    # Short pages hold too little for the library to choose from.
    page = shown(main) if main else shown(text, menus=False)
    if not page.text:
        raise ContentError("no main text found; save the article itself as .txt or .md")
    said = {} if tree is None else _said(tree)
    title = one_line(said.get("title")) or one_line(page.heading)
    repeats = page.heading_end and one_line(page.heading).casefold() == title.casefold()
    return draft_of(page.text[page.heading_end :] if repeats else page.text, {**said, "title": title})


def _main_part(text: str) -> str | None:
    return trafilatura.extract(text, output_format="html", include_comments=False, include_formatting=True)


def _said(tree: HtmlElement) -> dict[str, str | None]:
    said = extract_metadata(tree, date_config=dict(_DATES))
    return {
        "title": said.title,
        "date": said.date,
        "author": said.author,
        "source": said.sitename,
        "url": said.url,
        "language": tree.get("lang"),
    }
