"""HTML → plain text in paragraphs; whatever could act in a page is gone."""

import re
from html.parser import HTMLParser

import nh3

from generator.frozen import dataclass

_BLOCK_TAGS = """
address article aside blockquote caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre
section table tbody tfoot thead tr ul
"""
_INLINE_TAGS = "a abbr b bdi br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var"
_DROPPED_TAGS = "iframe math noscript object script style svg template textarea title"
_MENU_TAGS = "aside button footer form header nav select"
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_CELLS = frozenset(("td", "th"))
_KEPT = _BLOCKS | _CELLS | frozenset(_INLINE_TAGS.split())
_DROPPED = frozenset(_DROPPED_TAGS.split())
_MENUS = frozenset(_MENU_TAGS.split())


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader sees of a piece of HTML.

    Attributes:
        text: String; a blank line between paragraphs, items of a list and rows of a table on lines of their own.
        heading: String of one line, the first heading of the highest rank, or empty.
        heading_end: Integer, offset in `text` where that heading ends, or 0 where it doesn't open the text.
    """

    text: str
    heading: str
    heading_end: int


def shown(html: str, menus: bool = True) -> Shown:
    """Turn HTML into what a reader sees of it.

    Args:
        html: String, a whole page or a part of one.
        menus: Boolean; where false, navigation, forms, page headers and footers are left out.

    Returns:
        Shown.
    """
    reader = _Reader()
    dropped = _DROPPED if menus else _DROPPED | _MENUS
    reader.feed(nh3.clean(html, tags=set(_KEPT - dropped), clean_content_tags=set(dropped), attributes={}))
    reader.close()
    reader.end_block()
    text = ""
    heading_end = 0
    previous = ""
    for kind, block in reader.blocks:
        close = kind in ("li", "tr") and kind == previous
        text += ("\n" if close else "\n\n" if text else "") + block
        heading_end = heading_end or (len(text) if kind == "h1" and text == block else 0)
        previous = kind
    heading = next((block for kind, block in reader.blocks if kind == "h1"), "")
    return Shown(text, " ".join(heading.split()), heading_end)


class _Reader(HTMLParser):
    """Gathers the blocks of cleaned HTML, each with the tag that says how it stands to its neighbours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self._parts: list[str] = []
        self._kind = "p"
        self._items = 0
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - HTMLParser's own
        if tag == "br":
            self._parts.append("\n")
        elif tag in _CELLS and self._parts:
            self._parts.append("\t")
        elif tag in _BLOCKS:
            self.end_block()
            self._items += tag == "li"
            self._pre += tag == "pre"
            self._kind = "li" if self._items else tag

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
            self._items -= tag == "li"
            self._pre -= tag == "pre"
            self._kind = "li" if self._items else "p"

    def handle_data(self, data: str) -> None:
        self._parts.append(data if self._pre else re.sub(r"\s+", " ", data))

    def end_block(self) -> None:
        """Close the block that is open, and keep it where it holds anything."""
        block = "".join(self._parts)
        self._parts.clear()
        if not self._pre:
            block = re.sub(r" *([\n\t]) *", r"\1", re.sub(" {2,}", " ", block))
        if block.strip():
            self.blocks.append((self._kind, block.strip("\n") if self._pre else block.strip()))
