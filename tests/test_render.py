"""Rendering escapes everything, allows only its own styles and scripts, and names the template that fails."""

import base64
import gzip
import hashlib
import os
import re
import sys
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from generator.build import find_own
from generator.errors import RenderError
from generator.render import digest, make_environment, render, static_outputs
from generator.rules import SiteRules
from generator.template_folders import own_digest, templates_folder
from tests.found import HOSTILE, every_state, find, make_pages, two


@pytest.fixture(scope="module")
def files():
    environment = make_environment(templates_folder())
    pages = make_pages(every_state(), SiteRules())
    return {output.path: output.content.decode() for output in (render(page, environment) for page in pages)}


@dataclass(frozen=True, slots=True)
class LonePage:
    template: ClassVar[str] = "lone.html"
    path: str = "lone.html"
    text: str = HOSTILE


def render_lone(folder, template):
    (folder / "lone.html").write_text(template)
    return render(LonePage(), make_environment(folder)).content.decode()


def test_text_is_escaped(files, tmp_path):
    assert "<script>" not in render_lone(tmp_path, "{{ page.text }}")
    for text in files.values():
        assert "<img src=x" not in text
        assert '<script>document.title="run"' not in text


@given(st.text("a<>&'\"é;#") | st.text() | st.integers() | st.none() | st.text("<b>").map(Markup))
def test_every_value_is_escaped_as_markupsafe_does(value):
    template = "{{ value }}{% macro m(x) %}{{ x }}{% endmacro %}{{ m(value) }}{% set s %}{{ value }}{% endset %}{{ s }}"
    environment = make_environment(templates_folder())
    assert environment.from_string(template).render(value=value) == str(escape(value)) * 3


@pytest.mark.parametrize(
    "template", ["{{ page.missing }}", "{{ missing }}", "{% if %}", "{{ page.text + 1 }}", "{{ 1 / 0 }}"]
)
def test_a_faulty_template_is_named_with_its_line(tmp_path, template):
    with pytest.raises(RenderError, match=r"/lone\.html, line 2, .*mend the template"):
        render_lone(tmp_path, "<p>\n" + template)


def test_what_was_compiled_is_kept_and_made_anew_for_another_source(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept, before = tmp_path / "__pycache__", []
    for text in ("one", "two"):
        make_environment.cache_clear()
        assert render_lone(tmp_path, text) == text
        assert own_digest(tmp_path) not in before
        before.append(own_digest(tmp_path))
        (compiled,) = kept.iterdir()
    for damaged in (b"", b"nonsense", compiled.read_bytes()[:-1]):
        compiled.write_bytes(damaged)
        make_environment.cache_clear()
        assert render_lone(tmp_path, "two") == "two"
    assert own_digest(tmp_path) == before[-1], "it is no template"


def test_nothing_compiled_is_kept_where_it_may_not_be_or_of_a_user(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept = tmp_path / "__pycache__"
    render(LonePage(), make_environment(templates_folder(), _with_lone(tmp_path)))
    assert not kept.exists()
    kept.write_text("no folder")
    make_environment.cache_clear()
    assert render_lone(tmp_path, "one") == "one"
    kept.unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    make_environment.cache_clear()
    assert render_lone(tmp_path, "one") == "one"
    assert not kept.exists()


def _with_lone(folder):
    (folder / "lone.html").write_text("one")
    return folder


def test_a_faulty_template_is_found_before_anything_is_built(tmp_path):
    (tmp_path / "partials").mkdir()
    (tmp_path / "partials" / "articles.html").write_text("<table>\n{% for %}")
    with pytest.raises(RenderError, match=r"partials/articles\.html, line 2, .*mend it"):
        find_own(str(tmp_path))
    with pytest.raises(RenderError, match=r"no folder .*nowhere.* site\.templates"):
        find_own(str(tmp_path / "nowhere"))


def test_own_templates_stand_in_for_built_in_ones_one_by_one(tmp_path):
    for name, text in {
        "404.html": "{% extends 'built-in/404.html' %}{% block content %}{{ super() }}<p>{{ page.frame.site }}{% endblock %}",
        "styles/text.css": ".prose { color: inherit; }",
        "assets/favicon.svg": "<svg/>",
        "assets/desk/logo.svg": "<svg/>",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    environment = make_environment(templates_folder(), tmp_path)
    made = {page.path: render(page, environment).content.decode() for page in make_pages(find([]), SiteRules(HOSTILE))}
    assert "There is no page at this address" in made["404.html"]
    assert "<p>&lt;script&gt;document.title" in made["404.html"]
    assert "<style>.prose { color: inherit; }</style>" in made["how-to-read.html"]
    assert digest(".prose { color: inherit; }") in made["how-to-read.html"]
    assert "There was no article to compare" in made["index.html"]
    static = {output.path: output.content for output in static_outputs(templates_folder(), False, tmp_path)}
    assert static["assets/favicon.svg"] == static["assets/desk/logo.svg"] == b"<svg/>"


def test_own_templates_may_ask_as_jinja_lets_them(tmp_path):
    (tmp_path / "lone.html").write_text(
        '{{ {"key": "item"}.key }}, {{ "set" if page.missing is defined else "not set" }}'
    )
    page = render(LonePage(), make_environment(templates_folder(), tmp_path))
    assert page.content.decode() == "item, not set"


def test_own_templates_are_read_again_once_they_changed(tmp_path):
    own, environment = tmp_path / "lone.html", make_environment(templates_folder(), tmp_path)
    for changed, text in enumerate(("as it was", "as it is")):
        own.write_text(text)
        os.utime(own, (changed, changed))
        assert render(LonePage(), environment).content.decode() == text


def test_own_templates_have_a_digest_of_their_names_and_contents(tmp_path):
    (tmp_path / "a.html").write_text("a")
    first = own_digest(tmp_path)
    assert own_digest(tmp_path) == first
    (tmp_path / ".hidden").write_text("left behind by an editor")
    assert own_digest(tmp_path) == first
    (tmp_path / "a.html").write_text("b")
    assert own_digest(tmp_path) != first
    assert own_digest(None) == ""


def test_a_missing_template_is_named(tmp_path):
    with pytest.raises(RenderError, match=r"templates/lone\.html"):
        render(LonePage(), make_environment(tmp_path))


@pytest.mark.parametrize("content", ["p::after { content: '</style>' }", "<!-- x"])
def test_what_would_leave_its_element_is_refused(tmp_path, content):
    (tmp_path / "a.css").write_text(content)
    with pytest.raises(RenderError, match=r"a\.css"):
        render_lone(tmp_path, '{{ inline("a.css") }}')


def test_the_policy_allows_exactly_what_stands_in_the_page(files):
    for path, text in files.items():
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]
        assert policy.startswith("default-src 'none'; "), path
        for kind in ("style", "script"):
            found = {digest(inner) for inner in re.findall(rf"<{kind}>(.*?)</{kind}>", text, re.DOTALL)}
            allowed = set(re.search(rf"{kind}-src ([^;]*)", policy)[1].split())
            assert allowed == (found or {"'none'"}), path


def test_a_digest_is_what_browsers_compute():
    expected = base64.b64encode(hashlib.sha256(b"p { color: red }").digest()).decode()
    assert digest("p { color: red }") == f"'sha256-{expected}'"


def test_no_page_styles_or_scripts_by_attribute(files):
    for text in files.values():
        assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", re.sub(r'"[^"]*"', '""', text))


def test_search_engines_stay_away_unless_asked():
    folder = templates_folder()
    environment = make_environment(folder)
    for public in (False, True):
        index = render(next(make_pages(every_state(), SiteRules(public=public))), environment).content
        assert (b'name="robots"' in index) is not public
        robots = {output.path: output.content for output in static_outputs(folder, public)}["robots.txt"]
        assert (b"Disallow: /\n" in robots) is not public


def test_static_files_are_there():
    paths = [output.path for output in static_outputs(templates_folder(), False)]
    assert {".nojekyll", "assets/favicon.svg", "robots.txt"} <= set(paths)


def test_rendering_twice_gives_the_same_bytes(files):
    environment = make_environment(templates_folder())
    again = {
        o.path: o.content.decode() for o in (render(p, environment) for p in make_pages(every_state(), SiteRules()))
    }
    assert again == files


def test_the_way_back_from_nowhere_is_safe_from_any_depth(files):
    assert not re.findall(r'(?:href|src)="(?!#|data:)', files["404.html"])


def test_a_cluster_of_two_weighs_little(files):
    assert len(gzip.compress(files["clusters/wire.html"].encode())) < 30_000
    assert len(files["clusters/rewrite.html"]) < 3_000


def test_a_score_that_is_not_the_reuse_is_explained(files):
    findings = find(two())
    report = findings.reports[0]
    lowered = replace(report, comparisons=(replace(report.comparisons[0], score=0.31),))
    pages = list(make_pages(replace(findings, reports=(lowered,)), SiteRules()))
    text = render(pages[1], make_environment(templates_folder())).content.decode()
    assert '<a href="../how-to-read.html#score">' in text
    assert 'id="score"' in files["how-to-read.html"]
    assert "The score is not the reuse" not in files["clusters/wire.html"]
