"""What all tests share."""

import os
import tempfile

import pytest
from hypothesis import settings

from generator.engines.local import LocalEngine
from tests.spark import open_spark

# No test reads or writes the cache of the user who runs it.
_CACHE = tempfile.TemporaryDirectory(prefix="twicetold-tests-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name

# The first call of a test may load word lists; speed is measured by the benchmarks, not here.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")


@pytest.fixture(scope="module", params=["local", "spark"])
def engine(request):
    """Each engine that there is; whatever is asked of one is asked of all."""
    if request.param == "local":
        yield LocalEngine()
    else:
        with open_spark() as spark:
            yield spark
