"""The walls between the rooms: who may import whom, and how long a file or a function may be."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "generator"

# What every room may import.
EVERYWHERE = ["frozen", "patterns"]
# Each room, and the other rooms it may import; `*` stands for all of a folder. What is not listed is forbidden.
ROOMS = {
    "__init__": "",
    "__main__": "cli",
    "cli": "commands.* errors",
    "commands.*": (
        "anonymise cells read.reviews read.walk commands.* settings cache build foreign gate project pairing serve terminal"
        " verify why engines.registry pages.pair read.archives read.boilerplate read.folder render template_folders export standing"
        " findings found identity percent rules values outputs watch errors"
    ),
    "api": (
        "build cluster digests engines.registry findings found outputs overlap pairing placing read.archives read.article"
        " read.boilerplate read.draft read.folder rules sources values verify why errors"
    ),
    "pairing": (
        "anonymise names_left cluster compare.report engines.base evidence findings found identity overlap percent placing settings"
        " rules spill values"
    ),
    "anonymise": "findings names_left parties read.decode reviews rules spill values",
    "parties": "read.agencies values",
    "names_left": "compare.credits prepare read.agencies reviews values",
    "why": "archive engines.base fingerprint found percent score standing rules values frequent",
    "standing": "cluster compare.passages found overlap prepare sources rules values",
    "verify": "cells digests foreign render errors",
    "digests": "foreign outputs",
    "cells": "",
    "gate": "cells errors",
    "serve": "render errors",
    "terminal": "pages.cluster pages.pieces pages.rows percent",
    "identity": "findings",
    "settings": "toml_lines rules errors",
    "toml_lines": "errors",
    "build": (
        "again anonymise cache compare.readability digests engines.base making outputs read.archives read.boilerplate"
        " read.reviews read.walk render reviews rules search settings template_folders unchanged values watch write errors"
    ),
    "making": (
        "again anonymise archive clustering compare.once compare.readability compare.report engines.base export findings"
        " fingerprint found identity outputs pages.site placing render retell reviews rules search settings tell"
        " template_folders values watch"
    ),
    "watch": "",
    "cache": "errors",
    "plain": "",
    "unchanged": "cache identity read.raw read.walk template_folders write outputs values errors",
    "retell": "again cache plain tell template_folders engines.base export pages.listing findings found outputs rules",
    "errors": "",
    "frozen": "",
    "patterns": "laid_out",
    "rules": "errors",
    "values": "evidence found spill",
    "spill": "errors",
    "found": "evidence",
    "evidence": "",
    "findings": "found reviews values",
    "reviews": "parties values",
    "tell": "compare.report pages.cluster pages.listing pages.site render template_folders export findings found outputs rules",
    "percent": "",
    "outputs": "values",
    "read.boilerplate": "prepare read.decode spill values errors",
    "read.language": "laid_out",
    "read.*": "again read.* reviews rules spill values watch errors",
    "prepare": "lexicon wordlist values",
    "wordlist": "lexicon",
    "lexicon": "laid_out",
    "laid_out": "",
    "days": "compare.figure_words",
    "numerals": "",
    "fingerprint": "compare.name_words days lexicon numerals prepare values vocabulary",
    "vocabulary": "lexicon prepare",
    "parts": "fingerprint",
    "stack": "agreement fingerprint parts",
    "agreement": "fingerprint parts",
    "formula": "agreement fingerprint parts stack",
    "frequent": "agreement fingerprint found parts stack values",
    "common_passages": "fingerprint found parts stack",
    "placing": "findings found prepare values",
    "scored": "agreement fingerprint formula stack values",
    "raising": "agreement",
    "same_figures": "agreement fingerprint formula joining lexicon parts stack",
    "telling": "agreement fingerprint raising same_figures",
    "rarity": "agreement fingerprint formula parts",
    "joining": "agreement fingerprint formula parts scored stack",
    "score": (
        "agreement common_passages fingerprint formula found joining parts raising rarity rules same_figures scored stack telling"
    ),
    "overlap": "fingerprint stack values",
    "cluster": "found lineage overlap raising values",
    "lineage": "compare.source values",
    "set_aside": "evidence fingerprint found values",
    "sources": "compare.source fingerprint found lineage raising values",
    "again": "cache plain",
    "arrays": "",
    "clustering": "again cluster engines.base found overlap prepare sources values",
    "kept": "again agreement arrays fingerprint formula found joining parts prepare rules score scored values",
    "engines.base": "again found read.files values rules",
    "engines.finding": "again archive fingerprint found frequent joining kept parts rules score values",
    "archive": "agreement fingerprint formula found joining overlap parties parts raising same_figures score stack rules values",
    "engines.product": "agreement formula overlap stack",
    "engines.local": (
        "again agreement engines.base engines.finding engines.product engines.sharing formula found kept overlap"
        " scored stack values rules"
    ),
    "engines.sharing": "errors",
    "engines.spark.*": (
        "again agreement arrays engines.base engines.finding engines.product engines.spark.* fingerprint formula found identity"
        " kept overlap parts read.files read.parts read.walk scored stack values rules errors __init__"
    ),
    "engines.registry": "engines.* rules errors",
    "compare.report": "compare.* prepare evidence found set_aside values rules",
    "compare.source": "compare.details percent score evidence values",
    "compare.readability": "compare.* lexicon values",
    "compare.*": "compare.* evidence values rules",
    "pages.*": "pages.* evidence findings found parties percent reviews values rules",
    "render": "outputs template_folders errors",
    "template_folders": "errors",
    "export": "cells compare.readability evidence findings found outputs reviews values",
    "search": "findings outputs pages.frame pages.members pages.numbers errors",
    "write": "foreign outputs errors",
    "foreign": "export",
    "project": "errors",
}
LONGEST_FILE, LONGEST_FUNCTION = 350, 50


def room_of(path):
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


FILES = {room_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def matches(room, pattern):
    return room == pattern or (pattern.endswith(".*") and room.startswith(pattern[:-1]))


def imports_of(path):
    """The rooms that a file imports, inside functions and for types too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    inside = {name.removeprefix("generator.") for name in found if name.startswith("generator.")}
    return inside & FILES.keys()


def allowed_for(room):
    pattern = next(p for p in ROOMS if matches(room, p))
    return EVERYWHERE + ROOMS[pattern].split()


@pytest.mark.parametrize("room", [room for room in FILES if not room.endswith("__init__") or room == "__init__"])
def test_a_room_imports_only_what_it_may(room):
    assert any(matches(room, pattern) for pattern in ROOMS), f"{room} is not on the map"
    strangers = {name for name in imports_of(FILES[room]) if not any(matches(name, p) for p in allowed_for(room))}
    assert not strangers


def test_every_room_on_the_map_exists():
    assert not [pattern for pattern in ROOMS if not any(matches(room, pattern) for room in FILES)]


def test_no_room_imports_itself_in_a_circle():
    edges = {room: imports_of(path) for room, path in FILES.items()}
    while free := {room for room, targets in edges.items() if not targets & edges.keys()}:
        edges = {room: targets for room, targets in edges.items() if room not in free}
    assert not edges


@pytest.mark.parametrize("name", ["commands", "read", "engines", "engines/spark", "compare", "pages"])
def test_a_folder_has_an_empty_init(name):
    assert (PACKAGE / name / "__init__.py").read_bytes() == b""


@pytest.mark.parametrize("path", FILES.values(), ids=FILES.keys())
def test_files_and_functions_stay_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert not {f.name: f.end_lineno - f.lineno + 1 for f in functions if f.end_lineno - f.lineno >= LONGEST_FUNCTION}


@pytest.mark.parametrize(("library", "room"), [("textstat", "compare.readability"), ("jinja2", "render")])
def test_a_library_is_named_in_one_room_only(library, room):
    users = {
        r
        for r, path in FILES.items()
        if f"import {library}" in (t := path.read_text(encoding="utf-8")) or f"from {library}" in t
    }
    assert users == {room}
