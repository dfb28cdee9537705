"""A command loads what it needs, and nothing large besides: on a small folder that is most of what it takes."""

import subprocess
import sys

BUILD = """
import sys
from generator.cli import main
sys.argv = ["twicetold", "build", "content", "--out", sys.argv[1], "--no-cache", "--quiet"]
try:
    main()
finally:
    print(*sys.modules)
"""


def test_a_build_loads_nothing_large_that_it_does_not_use(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(tmp_path / "site")], capture_output=True, text=True, timeout=120, check=True
    )
    loaded = set(done.stdout.split())
    assert {"numpy", "jinja2", "textstat"} <= loaded
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
