"""A command loads what it needs, and nothing large besides: on a small folder that is most of what it takes."""

import subprocess
import sys

BUILD = """
import sys
from generator.cli import main
sys.argv = ["twicetold", "build", "content", "--quiet", *sys.argv[1:]]
try:
    main()
finally:
    print(*sys.modules)
"""


def load(*arguments):
    command = [sys.executable, "-c", BUILD, *map(str, arguments)]
    return set(subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout.split())


def test_a_build_loads_nothing_large_that_it_does_not_use(tmp_path):
    loaded = load("--out", tmp_path / "site", "--no-cache")
    assert {"numpy", "jinja2"} <= loaded
    assert not loaded & {
        "langcodes",
        "numpy.ma",
        "pyarrow",
        "pydantic",
        "pyspark",
        "rich",
        "scipy",
        "trafilatura",
        "wordfreq",
    }


def test_where_nothing_changed_nothing_is_loaded_that_builds(tmp_path):
    first, second = (load("--out", tmp_path / "site", "--cache", tmp_path / "cache") for _ in range(2))
    assert {"numpy", "jinja2"} <= first
    assert not second & {"numpy", "jinja2", "rapidfuzz", "textstat"}
