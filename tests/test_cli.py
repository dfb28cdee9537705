"""The command as a user meets it: messages, exit codes, quiet pipes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.articles import write_sample

COMMAND = [sys.executable, "-m", "generator"]


def run(*arguments, cwd, **environment):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def desk(tmp_path):
    write_sample(tmp_path / "content")
    return tmp_path


def test_a_build_tells_what_it_did_and_where_the_site_is(desk):
    done = run("build", cwd=desk)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("3 articles, 2 of them in 1 cluster\nsite/index.html, in ")
    assert (desk / "site" / "clusters" / "wire.html").is_file()


def test_quiet_prints_nothing(desk):
    done = run("build", "content", "--out", "public", "--quiet", cwd=desk)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (desk / "public" / "index.html").is_file()


@pytest.mark.parametrize(("flags", "code"), [((), 0), (("--strict",), 1)])
def test_what_was_left_out_is_named_and_strict_ends_with_1(desk, flags, code):
    (desk / "content" / "empty.txt").write_text("")
    done = run("build", *flags, cwd=desk)
    assert done.returncode == code
    assert done.stderr.startswith("left out: empty.txt: ")
    assert len(done.stderr.splitlines()) == 1
    assert "1 left out" in done.stdout
    assert (desk / "site" / "index.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("build", "nowhere"), 3, "nowhere"),
        (("build", "--threshold", "2"), 2, "threshold is 2; it must be above 0 and at most 1"),
        (("build", "--threshold", "x"), 2, "--threshold is 'x'; it must be a number"),
        (("build", "--config", "none.toml"), 2, "none.toml does not exist"),
        (("build", "--bogus"), 2, "No such option"),
        (("build", "--treshold", "0.4"), 2, "--threshold"),
        (("biuld",), 2, "No such command 'biuld'. Did you mean 'build'?"),
        (("build", "--fail-over", "3"), 2, "--fail-over is '3'; it must be a number from 0 to 1, such as 0.5"),
        (("build", "--fail-over", "high"), 2, "--fail-over is 'high'; it must be a number"),
        (("serve", "--port", "70000"), 2, "--port is 70000; it must be from 0 to 65535"),
        (("build", "--out", "content/site"), 3, "may not lie in one another"),
        (("build", "--out", "."), 3, "may not lie in one another"),
        (("build", "--out", "other"), 3, "holds files that twicetold did not write"),
        (("build", "void"), 3, "void"),
        (("build", "loop"), 3, "loop"),
        (("build", "--out", "loop"), 3, "loop"),
        (("build", "--against", "loop"), 3, "loop"),
        (("why", "loop", "wire"), 3, "loop"),
    ],
)
def test_a_fault_ends_in_one_message_and_its_code(desk, arguments, code, message):
    (desk / "void").mkdir()
    (desk / "loop").symlink_to("loop")
    (desk / "other").mkdir()
    (desk / "other" / "mine.txt").write_text("mine")
    done = run(*arguments, cwd=desk)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert (desk / "other" / "mine.txt").read_text() == "mine"


def test_a_failed_build_leaves_the_last_site(desk):
    assert run("build", cwd=desk).returncode == 0
    before = {path: path.read_bytes() for path in (desk / "site").rglob("*") if path.is_file()}
    for path in (desk / "content").iterdir():
        path.unlink()
    assert run("build", cwd=desk).returncode == 3
    assert {path: path.read_bytes() for path in (desk / "site").rglob("*") if path.is_file()} == before


def test_a_settings_file_is_found_by_itself_and_flags_win(desk):
    (desk / "twicetold.toml").write_text("[find]\nthreshold = 0.99\n")
    assert "none told twice" in run("build", cwd=desk).stdout
    assert "1 cluster" in run("build", "--threshold", "0.3", cwd=desk).stdout


def test_a_date_comes_only_from_source_date_epoch(desk):
    run("build", cwd=desk, SOURCE_DATE_EPOCH="1700000000")
    assert '"built_on":"2023-11-14"' in (desk / "site" / "data" / "report.json").read_text()
    done = run("build", cwd=desk, SOURCE_DATE_EPOCH="soon")
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH is 'soon'" in done.stderr


def test_init_makes_a_project_that_builds_and_overwrites_nothing(tmp_path):
    assert run("init", "desk", cwd=tmp_path).returncode == 0
    desk = tmp_path / "desk"
    assert (desk / "twicetold.toml").is_file()
    assert "1 cluster" in run("build", cwd=desk).stdout
    (desk / "twicetold.toml").write_text("# mine\n")
    assert "already" in run("init", "desk", cwd=tmp_path).stdout
    assert (desk / "twicetold.toml").read_text() == "# mine\n"


def steps_of(desk):
    """The shell steps of each workflow, but for installing what is tested here."""
    import yaml

    github = yaml.safe_load((desk / ".github" / "workflows" / "publish.yml").read_text())
    gitlab = yaml.safe_load((desk / ".gitlab-ci.yml").read_text())["pages"]
    (job,) = github["jobs"].values()
    folder = next(step["with"]["path"] for step in job["steps"] if "upload-pages" in step.get("uses", ""))
    return {
        folder: [step["run"] for step in job["steps"] if "run" in step],
        gitlab["artifacts"]["paths"][0]: gitlab["script"],
    }


def test_the_steps_of_the_workflows_build_what_they_publish(tmp_path):
    run("init", cwd=tmp_path)
    for folder, steps in steps_of(tmp_path).items():
        assert [step.split()[:2] for step in steps] == [
            ["pip", "install"],
            ["twicetold", "build"],
            ["twicetold", "check"],
        ]
        for step in steps[1:]:
            assert run(*step.split()[1:], cwd=tmp_path).returncode == 0
        assert (tmp_path / folder / "index.html").is_file()


def test_every_setting_stands_in_the_file_that_init_makes_with_its_default(tmp_path):
    import tomllib

    from generator.project import SETTINGS_FILE
    from generator.rules import Settings
    from generator.settings import list_settings, load_settings

    uncommented = "".join(line.removeprefix("# ") for line in SETTINGS_FILE.splitlines(keepends=True)[1:])
    named = {f"{part}.{name}" for part, values in tomllib.loads(uncommented).items() for name in values}
    assert named == dict(list_settings(Settings())).keys()
    (tmp_path / "all.toml").write_text(uncommented, encoding="utf-8")
    assert load_settings(tmp_path / "all.toml", {}) == Settings()


def test_a_pair_over_the_limit_ends_with_4_and_is_named(desk):
    over = run("build", "--fail-over", "0.1", cwd=desk)
    assert over.returncode == 4
    assert over.stderr.startswith("over 0.1: rewrite and wire, score 0.")
    assert (desk / "site" / "index.html").is_file()
    within = run("build", "--fail-over", "0.99", cwd=desk)
    assert (within.returncode, within.stderr) == (0, "")
    assert run("build", "--fail-over", "7", cwd=desk).returncode == 2


def test_the_summary_names_the_pairs_and_nothing_in_a_title_becomes_markup(desk):
    wire = (desk / "content" / "wire.txt").read_text()
    (desk / "content" / "again.md").write_text(f'---\ntitle: "a | b <img src=x> [x](y) @desk"\n---\n{wire}')
    done = run("build", "--report-md", "summary.md", "--fail-over", "0.99", cwd=desk)
    assert done.returncode == 4
    text = (desk / "summary.md").read_text()
    assert "**Over 0.99: 1 pair.**" in text
    (row,) = [line for line in text.splitlines() if "`again`" in line and "`wire`" in line]
    assert r"a \| b \<img src=x\> \[x\]\(y\) @" in row
    assert "@desk" not in row
    assert run("build", "--report-md", "none/s.md", cwd=desk).returncode == 3


def test_version_and_help(tmp_path):
    assert run("-h", cwd=tmp_path).stdout == run("--help", cwd=tmp_path).stdout
    assert "..." not in run("--help", cwd=tmp_path).stdout.partition("Commands:")[2]
    assert run("--version", cwd=tmp_path).stdout.startswith("twicetold 0.")
    shown = run("build", "--help", cwd=tmp_path).stdout
    assert all(
        flag in shown for flag in ("--out", "--threshold", "--config", "--strict", "--quiet", "--force", "Examples:")
    )


def test_timings_are_a_table_of_stages_after_the_summary(desk):
    done = run("build", "--timings", cwd=desk)
    assert done.stdout.startswith("3 articles")
    head, *rows, last = (line.split() for line in done.stderr.splitlines())
    assert head == ["stage", "seconds", "share", "peak", "MiB", "largest", "child"]
    names = [
        "Starting",
        "Checking",
        "Reading",
        "Finding",
        "Clustering",
        "Writing",
        "Comparing",
        "Measuring pairs",
        "Listing",
    ]
    assert [" ".join(row[:-4]) for row in rows] == names
    assert float(last[1]) == pytest.approx(sum(float(row[-4]) for row in rows), abs=0.05)


def test_a_second_build_tells_the_same_and_touches_nothing(desk):
    (desk / "content" / "empty.txt").write_text("")
    first = run("build", cwd=desk)
    before = (desk / "site" / "index.html").stat().st_mtime_ns
    second = run("build", "--timings", cwd=desk)
    assert second.stdout.splitlines()[0] == first.stdout.splitlines()[0]
    assert second.stderr.startswith(first.stderr)
    assert "Comparing" not in second.stderr
    assert (desk / "site" / "index.html").stat().st_mtime_ns == before
    assert "Comparing" in run("build", "--timings", "--no-cache", cwd=desk).stderr


def test_the_cache_stands_where_it_is_wanted_and_is_done_without_where_it_cannot(desk):
    mine, file = desk / "mine", desk / "file"
    assert run("build", "--cache", mine, cwd=desk, XDG_CACHE_HOME=str(desk / "xdg")).returncode == 0
    assert (mine.is_dir(), (desk / "xdg").exists()) == (True, False)
    file.write_text("")
    done = run("build", cwd=desk, XDG_CACHE_HOME=str(file))
    assert (done.returncode, done.stderr.startswith("twicetold: no cache: ")) == (0, True)
    assert run("build", "--quiet", cwd=desk, XDG_CACHE_HOME=str(file)).stderr == ""
    assert run("build", "--cache", file, cwd=desk).returncode == 3
    run("build", "--no-cache", cwd=desk, XDG_CACHE_HOME=str(desk / "none"))
    assert not (desk / "none").exists()


PRINTING = [
    ("build",),
    ("compare", "content/wire.txt", "content/rewrite.txt"),
    ("compare", "content/wire.txt", "content/rewrite.txt", "--json"),
    ("why", "wire", "rewrite"),
    ("why", "wire", "rewrite", "--json"),
    ("settings",),
    ("--help",),
]


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_knows_few_signs_is_given_what_it_knows(desk, arguments, encoding):
    import json

    (desk / "content" / "wire.txt").write_text((desk / "content" / "wire.txt").read_text() + " Łódź “is” — in Polska …")
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=desk,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode(encoding)
    assert text.strip()
    if arguments[-1] == "--json":
        assert json.loads(text)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_a_full_disk_behind_the_output_is_named(desk, arguments):
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(
            [*COMMAND, *arguments], cwd=desk, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 3
    assert done.stderr.startswith("twicetold: the output can't be written: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_who_has_read_enough_stops_the_output_and_hears_nothing(desk):
    shell = f"{' '.join(COMMAND)} compare content/wire.txt content/rewrite.txt --json | head -1"
    done = subprocess.run(["bash", "-c", shell], cwd=desk, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("{\n", "")


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_output_that_was_closed_is_done_without(desk, arguments):
    shell = f"{' '.join(COMMAND)} {' '.join(arguments)} >&-"
    done = subprocess.run(["bash", "-c", shell], cwd=desk, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_completion_knows_commands_flags_and_their_values(desk):
    def complete(line):
        words = line.split(" ")
        asked = {"_TWICETOLD_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
        script = "import sys; from generator.commands.app import app; app(prog_name='twicetold')"
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=desk,
            env={**os.environ, **asked},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.split()

    assert complete("twicetold co") == ["compare"]
    assert complete("twicetold build --th") == ["--threshold"]
    assert complete("twicetold build --ignore-same a") == ["author"]
    assert complete("twicetold build --engine ") == ["local", "spark"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_shown_for_the_shell(tmp_path, shell):
    done = run("--show-completion", shell, cwd=tmp_path, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert done.returncode == 0
    assert f"complete_{shell}" in done.stdout


def test_a_progress_bar_shows_on_a_terminal_only(desk):
    import pty

    inner, outer = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "build"], cwd=desk, stderr=outer, stdout=subprocess.DEVNULL, env={**os.environ, "TERM": "xterm"}
    )
    os.close(outer)
    shown = b""
    while True:
        try:
            shown += os.read(inner, 65536)
        except OSError:
            break
        if not shown and process.poll() is not None:
            break
    os.close(inner)
    assert process.wait() == 0
    assert b"Comparing" in shown
    assert Path(desk / "site" / "index.html").is_file()
