"""The values of docs/templates.md, from the page values' own docstrings; run as a program it writes them into the page."""

import inspect
import re
from dataclasses import is_dataclass
from pathlib import Path
from types import UnionType
from typing import get_args, get_type_hints

from generator.pages.site import Page

GUIDE = Path(__file__).parent.parent / "docs" / "templates.md"
BEGIN = "<!-- from here on made by `python -m tests.template_docs` -->\n"
# The kind of a value has a column of its own.
KIND = re.compile(r"^(?:String|Integer|Boolean|Tuple of \w+|[A-Z]\w+)(?:[,;.] *)")


def attributes_of(kind):
    """What a frozen value's docstring says of each of its attributes, in order."""
    told = inspect.getdoc(kind).partition("Attributes:\n")[2]
    found = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", told, re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}


def fields_of(kind):
    """The types of a frozen value's attributes, without what belongs to the class."""
    return {name: hint for name, hint in get_type_hints(kind).items() if name != "template"}


def values_of(hint):
    """The frozen values that a type names, however deep."""
    if is_dataclass(hint):
        yield hint
    for inner in get_args(hint):
        yield from values_of(inner)


def show_type(hint):
    """A type as a designer reads it."""
    inner = [part for part in get_args(hint) if part not in (Ellipsis, type(None))]
    if isinstance(hint, UnionType):
        return f"{show_type(inner[0])}, or none"
    if inner:
        return f"list of {show_type(inner[0])}"
    if is_dataclass(hint):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return {"str": "text", "int": "whole number", "bool": "true or false"}[hint.__name__]


def reachable(page):
    """The frozen values that a page holds, each once, in the order of their meeting."""
    found, waiting = [], [page]
    while waiting:
        kind = waiting.pop(0)
        if kind not in found:
            found.append(kind)
            waiting += [value for hint in fields_of(kind).values() for value in values_of(hint)]
    return found


def make_table(kind):
    """One frozen value as a table."""
    told = attributes_of(kind)
    yield from ("| value | kind | what it is |", "|---|---|---|")
    for name, hint in fields_of(kind).items():
        yield f"| `{name}` | {show_type(hint)} | {KIND.sub('', told[name]).replace('|', chr(92) + '|')} |"
    yield ""


def make_reference():
    """Every page with its values, then every value that they hold."""
    pages = get_args(Page)
    lines = []
    for page in pages:
        lines += [f"## `{page.template}`: `page` is a {page.__name__}", "", *make_table(page)]
    inner = sorted({kind for page in pages for kind in reachable(page)} - set(pages), key=lambda kind: kind.__name__)
    for kind in inner:
        about = " ".join(inspect.getdoc(kind).partition("Attributes:")[0].split())
        lines += [f"### {kind.__name__}", "", about, "", *make_table(kind)]
    return "\n".join(lines)


def main():
    told = GUIDE.read_text(encoding="utf-8").partition(BEGIN)[0]
    GUIDE.write_text(f"{told}{BEGIN}\n{make_reference()}", encoding="utf-8")


if __name__ == "__main__":
    main()
