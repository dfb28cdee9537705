"""The functions for use from Python do what their examples and docs/api.md show."""

import doctest
from pathlib import Path

import pytest

import generator.api
from generator.api import compare, find, read
from generator.errors import ContentError
from tests.articles import write_sample


def test_the_examples_of_the_functions_hold():
    assert doctest.testmod(generator.api) == (0, doctest.testmod(generator.api).attempted)
    assert doctest.testmod(generator.api).attempted > 5


def test_the_examples_of_the_page_hold():
    page = Path(__file__).parent.parent / "docs" / "api.md"
    done = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (done.failed, done.attempted > 10) == (0, True)


def test_files_and_folders_are_read(tmp_path):
    write_sample(tmp_path)
    assert compare(tmp_path / "wire.txt", str(tmp_path / "rewrite.txt")).reported
    assert len(find(read(tmp_path))) == 1
    with pytest.raises(ContentError, match="holds 3 articles; compare two articles, or use find"):
        compare(tmp_path, tmp_path / "wire.txt")
