"""Builds that are killed at random moments, and what is left of the site: used by tests and by `make bench-safety`."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

from tests.articles import invent, reword, write_sample


@dataclass
class Killed:
    """What came of killing builds.

    Attributes:
        kills: Integer, builds that were killed before they ended.
        ended: Integer, builds that were quicker.
        lost: List of strings, what was wrong with the site after one of them.
        left: Integer, kills that left something beside the site.
        parts: List of ten integers, kills in each tenth of a build's time.
    """

    kills: int = 0
    ended: int = 0
    left: int = 0
    lost: list = field(default_factory=list)
    parts: list = field(default_factory=lambda: [0] * 10)


def digest(site):
    """A digest of a folder: names and bytes; empty where there is none."""
    if not site.is_dir():
        return ""
    whole = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        whole.update(path.relative_to(site).as_posix().encode() + b"\0")
        whole.update(path.read_bytes() if path.is_file() else b"")
    return whole.hexdigest()


def start(content, site, *flags):
    """Start a build in a process group of its own."""
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        str(content),
        "--out",
        str(site),
        "--quiet",
        "--no-cache",
        *flags,
    ]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def finish(building):
    """Wait for a build: its exit code, and what it said of faults."""
    _, said = building.communicate()
    return building.returncode, said


def two_contents(folder, pairs):
    """Two folders of articles, so that each build changes the whole site."""
    contents = []
    for name in ("one", "other"):
        content = write_sample(folder / name)
        for number in range(pairs):
            text = invent(f"{name}{number}")
            (content / f"told-{number}.txt").write_text(text)
            (content / f"again-{number}.txt").write_text(reword(text, 0.2, number))
        contents.append(content)
    return contents


def kill_builds(folder, count, seed, pairs=3):
    """Kill builds of two contents in turn, and look at the site after each.

    The site must be, byte for byte, the one or the other; what is left beside it must be gone after a build that ends.
    """
    chance, result = random.Random(seed), Killed()
    contents, site = two_contents(folder, pairs), folder / "public" / "site"
    whole = set()
    for content in contents:
        started = time.perf_counter()
        assert finish(start(content, site)) == (0, "")
        took = time.perf_counter() - started
        whole.add(digest(site))
    while result.kills < count:
        # One in three aims at the end, where the site is written and swapped.
        share = chance.uniform(0.8, 1.1) if chance.random() < 1 / 3 else chance.random()
        building = start(contents[result.kills % 2], site)
        try:
            building.communicate(timeout=share * took)
            result.ended += 1
        except subprocess.TimeoutExpired:
            os.killpg(building.pid, signal.SIGKILL)
            building.communicate()
            result.kills += 1
            result.parts[min(9, int(share * 10))] += 1
        beside = [path.name for path in site.parent.iterdir() if path != site]
        result.left += bool(beside)
        if digest(site) not in whole and not (
            not site.exists() and digest(site.with_name(".site.twicetold-old")) in whole
        ):
            result.lost.append(f"after {share:.2f} of a build the site was neither the one nor the other")
    assert finish(start(contents[0], site)) == (0, "")
    if [path.name for path in site.parent.iterdir()] != ["site"]:
        result.lost.append("a build that ended left something beside the site")
    return result
