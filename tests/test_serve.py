"""`twicetold serve` with a browser: a page reloads when an article changes, and shows what went wrong."""

import os
import re
import signal
import subprocess
import urllib.request

import pytest

from generator.serve import with_script
from tests.articles import write_sample
from tests.test_browser import browser, opened  # noqa: F401 - fixtures
from tests.test_cli import COMMAND


@pytest.fixture
def desk(tmp_path):
    write_sample(tmp_path / "content")
    return tmp_path


def start(desk, **variables):
    """Begin to serve, with further variables of the environment."""
    return subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        cwd=desk,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **variables},
    )


@pytest.fixture
def served(desk):
    """The address of a served site, and its process."""
    process = start(desk)
    address = process.stdout.readline().split()[0]
    while f"{address}, in" not in process.stdout.readline():
        pass
    yield address, process
    process.send_signal(signal.SIGINT)
    rest = process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert "Traceback" not in rest
    assert rest.rstrip().endswith("stopped")


def test_nothing_is_left_where_it_is_ended_from_outside(desk):
    (desk / "room").mkdir()
    process = start(desk, TMPDIR=str(desk / "room"))
    while ", in" not in process.stdout.readline():
        pass
    assert any((desk / "room").iterdir())
    process.terminate()
    assert process.communicate(timeout=20)[0].rstrip().endswith("stopped")
    assert not any((desk / "room").iterdir())


def answer(address, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_a_page_follows_its_articles_and_shows_faults(desk, served, opened):  # noqa: F811
    address, _ = served
    page = opened(address + "clusters/wire.html")
    assert page.get_by_text("Ines Carvalho").count()
    wire = desk / "content" / "wire.txt"
    text = wire.read_text()
    wire.write_text(text.replace("Ines Carvalho", "Dora Quental"))
    page.get_by_text("Dora Quental").first.wait_for(timeout=30_000, state="attached")
    (desk / "twicetold.toml").write_text("[find]\nthreshhold = 1\n")
    wire.write_text(text)
    page.get_by_role("alert").get_by_text("did you mean 'threshold'?").wait_for(timeout=30_000)
    assert page.get_by_text("Dora Quental").count()
    (desk / "twicetold.toml").unlink()
    wire.write_text(text.replace("Ines Carvalho", "Rita Gil"))
    page.get_by_text("Rita Gil").first.wait_for(timeout=30_000, state="attached")
    assert page.get_by_role("alert").count() == 0
    assert page.complaints == []


def test_settings_and_templates_that_come_while_it_runs_are_seen(desk, served):
    """Without any change of an article."""
    address, process = served

    def next_build():
        while not (line := process.stdout.readline()).startswith(("twicetold: ", address)):
            pass
        return line

    (desk / "twicetold.toml").write_text("[site]\ntitle = 'Harbour desk'\n")
    next_build()
    assert "Harbour desk" in answer(address)[1]
    (desk / "templates").mkdir()
    (desk / "templates" / "index.html").write_text(
        "{% extends 'built-in/index.html' %}{% block content %}Mine{% endblock %}"
    )
    while "Mine" not in answer(address)[1]:
        next_build()
    (desk / "twicetold.toml").write_text("[site]\ntitel = 'x'\n")
    assert "did you mean 'title'?" in next_build()


def test_what_changes_while_a_build_runs_is_built_next(desk, monkeypatch):
    from generator.commands.serve import _changes

    monkeypatch.chdir(desk)
    changes = _changes(desk / "content", None, {})
    next(changes)
    (desk / "content" / "late.txt").write_text("Late news of a glacier.")
    next(changes)
    (desk / "templates").mkdir()
    next(changes)
    (desk / "templates" / "index.html").write_text("In a folder that was not there before.")
    next(changes)
    changes.close()


def test_only_the_server_adds_the_script_and_it_serves_this_machine_only(served):
    address, _ = served
    status, page = answer(address)
    assert (status, "EventSource" in page) == (200, True)
    assert answer(address, Host="evil.example")[0] == 403
    status, page = answer(address + "none.html")
    assert (status, "EventSource" in page) == (404, True)
    assert answer(address + "clusters/wire.json")[1].startswith("{")
    assert answer(address + "../../etc/passwd")[0] == 404


def test_a_port_in_use_is_named(desk, served):
    address, _ = served
    port = re.search(r":(\d+)/", address)[1]
    done = subprocess.run(
        [*COMMAND, "serve", "--port", port], cwd=desk, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 3
    assert f"port {port} can't be used" in done.stderr
    assert "name another with --port" in done.stderr


def test_the_policy_of_a_page_allows_the_script_by_its_hash_alone():
    page = b"<meta content=\"default-src 'none'; script-src 'none'; base-uri 'none'\"><body></body>"
    changed = with_script(page, 3).decode()
    assert re.search(r"script-src 'sha256-[^']+' ; connect-src 'self'; base-uri 'none'", changed)
    kept = with_script(page.replace(b"script-src 'none'", b"script-src 'sha256-x'"), 3).decode()
    assert re.search(r"script-src 'sha256-[^']+' 'sha256-x'; connect-src", kept)
