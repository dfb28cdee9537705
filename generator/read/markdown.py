"""Markdown with YAML front matter → metadata, title and plain text."""

import re
from collections.abc import Mapping

import yaml  # type: ignore[import-untyped]
from frontmatter.default_handlers import YAMLHandler
from markdown import markdown  # type: ignore[import-untyped]

from generator.errors import ContentError
from generator.read.draft import Draft, draft_of, one_line
from generator.read.markup import shown

_LARGEST_FRONT_MATTER = 64 * 2**10
_DEEPEST = 20
# Builds strings, lists and mappings alone: no tag runs anything, `language: no` is Norwegian, `id: 007` keeps its zeros.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FENCE = YAMLHandler.FM_BOUNDARY or re.compile("^---$", re.MULTILINE)
_TOO_DEEP = "nested too deeply; close brackets, and take lists or quotations apart"
_EMPTY = ("~", "null")


def read_markdown(text: str) -> Draft:
    """Read an article from Markdown.

    Args:
        text: String, decoded and cleaned.

    Returns:
        Draft; its title is that of the front matter, else the first heading of the highest rank.

    Raises:
        ContentError: Lists, quotations or brackets nest too deeply; or the front matter is no YAML, larger than 64 KiB, nested
            too deeply, or uses aliases.
    """
    fields, body = split_front_matter(text)
    if _deepest_bracket(body) > _DEEPEST:
        raise ContentError(_TOO_DEEP)
    try:
        page = shown(markdown(body, extensions=["fenced_code", "sane_lists", "tables"]))
    except RecursionError as error:
        raise ContentError(_TOO_DEEP) from error
    title = one_line(fields.get("title")) or one_line(page.heading)
    repeats = page.heading_end and one_line(page.heading).casefold() == title.casefold()
    return draft_of(page.text[page.heading_end :] if repeats else page.text, {**fields, "title": title})


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Split front matter from what follows it.

    Args:
        text: String.

    Returns:
        Mapping of lower-case keys to strings, lists and mappings, empty where there is no front matter; and the rest.

    Raises:
        ContentError: As `read_markdown`.
    """
    handler = YAMLHandler()
    text = text.strip()
    if not handler.detect(text) or len(_FENCE.findall(text)) < 2:
        return {}, text
    front, body = handler.split(text)
    if len(front.encode("utf-8")) > _LARGEST_FRONT_MATTER:
        raise ContentError(
            "front matter larger than 64 KiB; keep title, date and the like in it, and move the rest below"
        )
    try:
        _refuse_bombs(front)
        fields = yaml.load(front, Loader=_LOADER)  # noqa: S506 - safer than the safe loader: it builds no objects at all
    except yaml.YAMLError as error:
        raise ContentError(
            f"front matter is no YAML ({_where(error)}); put values with colons in quotation marks"
        ) from error
    if not isinstance(fields, dict):
        return {}, text
    return {str(key).strip().lower(): "" if value in _EMPTY else value for key, value in fields.items()}, body


def _refuse_bombs(front: str) -> None:
    depth = 0
    for event in yaml.parse(front, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise ContentError("front matter uses a YAML alias (*name); write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise ContentError(f"front matter is nested more than {_DEEPEST} levels deep; make it flat")


def _deepest_bracket(text: str) -> int:
    """Count how deep brackets nest inside one paragraph: the parser's time grows with the square of it."""
    deepest = 0
    for paragraph in re.split(r"\n\s*\n", text):
        depth = 0
        for bracket in re.findall(r"[\[\]()]", paragraph):
            depth = depth + 1 if bracket in "[(" else max(0, depth - 1)
            deepest = max(deepest, depth)
    return deepest


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = one_line(getattr(error, "problem", None)) or "unreadable characters"
    return f"line {mark.line + 1}: {problem}" if mark else problem
