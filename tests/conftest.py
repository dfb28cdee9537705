"""What all tests share."""

import os
import tempfile

from hypothesis import settings

# No test reads or writes the cache of the user who runs it.
_CACHE = tempfile.TemporaryDirectory(prefix="twicetold-tests-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name

# The first call of a test may load word lists; speed is measured by the benchmarks, not here.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")
