"""Speed and memory, measured and written down; never part of the tests."""
