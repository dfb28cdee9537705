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
from typer.main import get_command

from generator.commands.app import app
from generator.commands.common import FLAGS
from generator.rules import Settings
from generator.settings import list_settings

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


def flags_of(command):
    return {flag for one in command.params for flag in (*one.opts, *one.secondary_opts) if flag.startswith("--")}


COMMANDS = get_command(app).commands
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def section(title):
    return COMMANDS_PAGE.partition(f"\n## {title}")[2].partition("\n## ")[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_commands_page_names_every_flag_and_which_settings_are_flags(name):
    """A flag that is a setting stands in the table of those, with the commands that take it; any other with its command."""
    rows = [line for line in section("Settings as flags").splitlines() if line.startswith("| `--")]
    shared = {flag: row for row in rows for flag in re.findall(r"`(--[\w-]+)", row)}
    assert shared
    own, taken = section(f"`twicetold {name}"), flags_of(COMMANDS[name]) - {"--help", "--config"}
    for flag in taken:
        if flag in shared:
            assert f"`{name}`" in shared[flag]
        else:
            assert f"`{flag}" in own, f"the section on {name} lacks {flag}"
    for flag in shared.keys() - taken:
        assert f"`{name}`" not in shared[flag]


@pytest.mark.parametrize("name", list_settings(Settings()), ids=lambda setting: setting[0])
def test_a_flag_with_the_name_of_a_setting_sets_it_for_every_command(name):
    """Which flags set what is told by their names alone, so two settings of one name must not both be flags."""
    setting = name[0]
    named = [full for full, _ in list_settings(Settings()) if full.split(".")[1] == setting.split(".")[1]]
    assert named == [setting] or setting.split(".")[1] not in FLAGS


def test_serve_takes_every_setting_that_build_takes():
    settings = {f"--{name.replace('_', '-')}" for name in FLAGS}
    assert settings <= flags_of(COMMANDS["build"])
    assert settings <= flags_of(COMMANDS["serve"])
    assert settings <= flags_of(COMMANDS["settings"])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_of_flags_that_exist(name):
    command = COMMANDS[name]
    assert command.epilog.startswith("\b\nExamples:\n")
    examples = command.epilog.splitlines()[2:]
    for example in examples:
        given = example.partition(f"twicetold {name}")[2].partition("&&")[0]
        assert f"twicetold {name}" in example
        assert set(re.findall(r"--[\w-]+", given)) <= flags_of(command)
    assert section(f"`twicetold {name}")


def test_every_exit_code_is_listed():
    assert re.findall(r"^\| (\d+) \| ", COMMANDS_PAGE, re.MULTILINE) == ["0", "1", "2", "3", "4", "130"]


def test_the_readme_takes_two_minutes_and_leads_to_every_page():
    """About 240 words a minute; tables, commands and pictures are looked at, not read."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = [line for line in prose.splitlines() if not line.startswith(("|", "!["))]
    assert len(re.findall(r"[\w'’-]+", re.sub(r"\]\([^)]*\)", "", "\n".join(lines)))) <= 450
    listed = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert "](docs/README.md)" in text
    assert not [page.name for page in PAGES if f"]({page.name})" not in listed and page.name != "README.md"]
