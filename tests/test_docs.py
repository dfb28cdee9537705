"""What the documentation shows is what happens: each `console` block is run, and its output must be the one shown.

A page's blocks run one after the other in one folder, which is empty at first. `$ cat FILE` of a file that does not exist yet
makes it, with what is shown. A line `…` stands for any lines; seconds may differ.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def commands_of(page):
    """Each command of a page with the output shown."""
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown


def plain(text):
    return re.sub(r"\b\d+\.\d s\b", "0.0 s", text.replace("\u00a0", " ")).rstrip().splitlines()


def pattern_of(shown):
    lines = [r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()) + r"\n" for line in plain(shown)]
    return re.compile("".join(lines))


@pytest.mark.parametrize("page", [page for page in PAGES if any(commands_of(page))], ids=lambda page: page.stem)
def test_every_example_does_what_is_shown(page, tmp_path):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "HOME": str(tmp_path), "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    for command, shown in commands_of(page):
        made = re.fullmatch(r"cat ([\w./-]+)", command)
        if made and not (tmp_path / made[1]).exists():
            (tmp_path / made[1]).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / made[1]).write_text(shown, encoding="utf-8")
            continue
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        printed = "".join(f"{line.rstrip()}\n" for line in plain(done.stdout))
        assert pattern_of(shown).fullmatch(printed), f"{page.name}: $ {command}\n{done.stdout}"


def test_links_between_pages_lead_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http:", "https:", "mailto:")):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"
