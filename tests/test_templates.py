"""Own templates stand in for built-in ones, and the guide lists all that they can use."""

import re
from typing import get_args

import pytest

from generator.pages.site import Page
from generator.template_folders import templates_folder
from tests.template_docs import BEGIN, GUIDE, attributes_of, fields_of, make_reference, reachable

VALUES = sorted({kind for page in get_args(Page) for kind in reachable(page)}, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
def test_every_value_of_a_template_is_described(kind):
    assert set(attributes_of(kind)) - {"template"} == set(fields_of(kind))


def test_the_guide_lists_every_value():
    listed = GUIDE.read_text(encoding="utf-8").partition(BEGIN)[2]
    assert listed == f"\n{make_reference()}", "run: .venv/bin/python -m tests.template_docs"


@pytest.mark.parametrize("page", get_args(Page), ids=lambda page: page.template)
def test_every_value_of_a_page_is_used(page):
    folder = templates_folder()
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.*") if path.suffix in {".html", ".js"})
    used = set(re.findall(r"page\.(\w+)", text))
    assert set(fields_of(page)) - {"path"} <= used
