"""What all tests share."""

from hypothesis import settings

# The first call of a test may load word lists; speed is measured by the benchmarks, not here.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")
