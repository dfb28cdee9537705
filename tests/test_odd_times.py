"""A site is the same whatever the clock says, and stays whole while others hold it open, stand in it, or serve it."""

import os
import random
import subprocess
import sys
import textwrap
import threading
import urllib.request
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.build import build_site
from generator.cache import open_cache
from generator.engines.local import LocalEngine
from generator.rules import Settings
from tests.articles import write_sample
from tests.killing import digest, finish, start, two_contents
from tests.test_cli import run

YEARS = {1901: -(2**31), 1970: 0, 1979: 315_529_199, 2038: 2**31, 2107: 4_354_819_200, 2200: 7_258_118_400}
"""Seconds at which formats end or begin: 32 bits, nought, ZIP archives."""

# Each look at the clock gives another moment of three centuries; what only measures spans is left alone.
JUMPING = textwrap.dedent("""
    import random, time
    chance, jump = random.Random(7), lambda *_: chance.randrange(-(2**31), 7 * 10**9)
    time.time, time.time_ns = jump, lambda: jump() * 10**9
    localtime, gmtime = time.localtime, time.gmtime
    time.localtime = lambda at=None: localtime(jump() if at is None else at)
    time.gmtime = lambda at=None: gmtime(jump() if at is None else at)
    from generator.cli import main
    main()
""")


def build(content, site, cache=None):
    return build_site(content, site, Settings(), LocalEngine(1), cache=cache)


def stamp(folder, seconds):
    """Give every file and folder below a folder one time."""
    for path in (*folder.rglob("*"), folder):
        with suppress(OSError):
            os.utime(path, (seconds, seconds), follow_symlinks=False)


@pytest.mark.parametrize("year", YEARS)
def test_files_of_any_time_give_the_same_site(tmp_path, year):
    content, kept = write_sample(tmp_path / "content"), open_cache(tmp_path / "cache")
    build(content, tmp_path / "plain")
    build(content, tmp_path / "site", kept)
    for folder in ("content", "cache", "site"):
        stamp(tmp_path / folder, YEARS[year])
    for _ in range(2):
        build(content, tmp_path / "site", kept)
        assert digest(tmp_path / "site") == digest(tmp_path / "plain")


def test_a_change_is_seen_though_size_and_time_are_those_of_before(tmp_path):
    content, kept = write_sample(tmp_path / "content"), open_cache(tmp_path / "cache")
    build(content, tmp_path / "site", kept)
    file = content / "rewrite.txt"
    before, text = file.stat(), file.read_text(encoding="utf-8")
    file.write_text(text.replace("1.2 million", "9.9 million"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    build(content, tmp_path / "site", kept)
    build(content, tmp_path / "plain")
    assert digest(tmp_path / "site") == digest(tmp_path / "plain")


def test_a_clock_that_jumps_changes_nothing(tmp_path):
    content = write_sample(tmp_path / "content")
    build(content, tmp_path / "plain")
    for name in ("site", "site", "other"):
        command = [
            sys.executable,
            "-c",
            JUMPING,
            "build",
            str(content),
            "--out",
            str(tmp_path / name),
            "--cache",
            "cache",
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert digest(tmp_path / name) == digest(tmp_path / "plain")


@pytest.mark.parametrize("epoch", ["-1", "0", "4102444800", "99999999999999999999", "1e9", "soon"])
def test_a_date_that_was_fixed_is_a_day_or_a_message(tmp_path, epoch):
    write_sample(tmp_path / "content")
    done = run("build", "--no-cache", cwd=tmp_path, SOURCE_DATE_EPOCH=epoch)
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr
    assert (done.returncode == 2) == ("SOURCE_DATE_EPOCH" in done.stderr)


def test_what_was_opened_before_a_build_can_be_read_to_its_end(tmp_path):
    contents, site = two_contents(tmp_path, 2), tmp_path / "public" / "site"
    build(contents[0], site)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    held = {path: path.open("rb") for path in before}
    try:
        build(contents[1], site)
        assert {path: handle.read() for path, handle in held.items()} == before
    finally:
        for handle in held.values():
            handle.close()
    build(contents[1], tmp_path / "plain")
    assert digest(site) == digest(tmp_path / "plain")
    assert [path.name for path in site.parent.iterdir()] == ["site"]


@pytest.mark.parametrize(("inside", "out"), [(".", "."), ("clusters", ".."), ("data", "../../site")])
def test_a_build_may_be_started_from_inside_the_site(tmp_path, inside, out):
    contents, site = two_contents(tmp_path, 1), tmp_path / "site"
    build(contents[0], site)
    done = run("build", contents[1], "--out", out, "--no-cache", cwd=site / inside)
    assert (done.returncode, done.stderr) == (0, "")
    build(contents[1], tmp_path / "other-site")
    assert digest(site) == digest(tmp_path / "other-site")


def test_a_site_that_is_a_volume_of_its_own_is_refused_with_the_way_out(tmp_path):
    content, volume = write_sample(tmp_path / "content"), tmp_path / "volume"
    volume.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(volume)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a volume")
    try:
        code, message = finish(start(content, volume))
        assert code == 3
        assert f"name a folder inside it, such as {volume}/site" in message
        assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "volume"]
        assert finish(start(content, volume / "site")) == (0, "")
    finally:
        subprocess.run(["umount", str(volume)], check=True)


def test_a_server_gives_whole_pages_of_either_site_while_sites_are_swapped(tmp_path):
    contents, site = two_contents(tmp_path, 2), tmp_path / "public" / "site"
    whole = []
    for content in contents:
        build(content, site)
        whole.append(
            {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        )
    names, wrong, asked = sorted(whole[0].keys() & whole[1].keys()), [], 0

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    building = [start(contents[number % 2], site) for number in range(4)]
    chance = random.Random(3)
    try:
        while any(one.poll() is None for one in building):
            name = chance.choice(names)
            with suppress(ConnectionResetError):
                asked += 1
                with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/{name}") as answer:
                    if answer.read() not in (whole[0][name], whole[1][name]):
                        wrong.append(name)
        assert [finish(one) for one in building] == [(0, "")] * 4
    finally:
        server.shutdown()
        server.server_close()
    assert asked >= 20
    assert wrong == []
