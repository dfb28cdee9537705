"""Each format gives its title, its text and what it says of itself."""

import pytest

from generator.errors import ContentError
from generator.read.html import read_html
from generator.read.markdown import read_markdown
from generator.read.markup import shown
from generator.read.plain import read_plain


def test_a_first_line_set_apart_is_the_title():
    draft = read_plain("\n  River rises \n \n\nThe river rose.\nIt fell.  \n")
    assert (draft.title, draft.text) == ("River rises", "The river rose.\nIt fell.")


@pytest.mark.parametrize(
    "first",
    [
        "The river rose by a metre.",
        "“The river rose.”",
        "These rivers rose:",
        "By Jane Doe",
        "BEIRUT (AP) —",
        "x" * 301,
        "* * *",
    ],
)
def test_a_first_line_that_is_no_title_stays_in_the_text(first):
    text = f"{first}\n\nThe river rose."
    draft = read_plain(text)
    assert (draft.title, draft.text) == ("", text)


def test_a_first_line_that_isnt_set_apart_is_no_title():
    assert read_plain("River rises\nThe river rose.").title == ""
    assert read_plain("River rises").title == ""


MARKDOWN = """---
Date: 2024-12-02 10:00:00
author: [Ann Bee, Cy Dee]
language: no
id: 007
source: {name: Ferry}
url: https://example.org/river
draft: null
---
# River *rises*

The river rose & [fell](https://example.org) <script>alert(1)</script><b>again</b>.
Same paragraph.

1. one
2. two

| a | b |
|---|---|
| 1 | 2 |
"""


def test_markdown_gives_front_matter_title_and_plain_text():
    draft = read_markdown(MARKDOWN)
    assert (draft.title, draft.date, draft.author, draft.id) == ("River rises", "2024-12-02", "Ann Bee, Cy Dee", "007")
    assert (draft.language, draft.source, draft.url) == ("no", "", "https://example.org/river")
    assert draft.text.strip() == "The river rose & fell again. Same paragraph.\n\none\ntwo\n\na\tb\n1\t2"


def test_a_title_in_front_matter_wins_over_the_heading():
    draft = read_markdown("---\ntitle: Flood\n---\n# River rises\n\nIt rose.")
    assert (draft.title, draft.text) == ("Flood", "River rises\n\nIt rose.")


def test_rules_that_are_no_front_matter_lose_no_text():
    assert read_markdown("---\n\nno mapping here\n\n---\n\nIt rose.").text == "no mapping here\n\nIt rose."
    assert read_markdown("---\n\nIt rose.").text == "It rose."


def test_tags_of_yaml_run_nothing(tmp_path):
    mark = tmp_path / "mark"
    draft = read_markdown(f"---\ntitle: !!python/object/apply:pathlib.Path.touch ['{mark}']\n---\nIt rose.")
    assert draft.text == "It rose."
    assert not mark.exists()


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("a: &a [x, x]\nb: [*a, *a]", "alias"),
        ("a: " + "[" * 1000, "nested more than 20 levels"),
        ("a: " + "x" * 66_000, "64 KiB"),
        ("title: a: b", "line 2: mapping values"),
        ("? [a]\n: b", "no YAML"),
    ],
)
def test_front_matter_that_could_blow_up_or_cant_be_read_is_refused(front, reason):
    with pytest.raises(ContentError, match=reason):
        read_markdown(f"---\n{front}\n---\nIt rose.")


@pytest.mark.parametrize("body", ["[" * 5000, "![a" * 5000, "[a](" * 5000])
def test_brackets_that_would_take_the_parser_minutes_are_refused(body):
    with pytest.raises(ContentError, match="nested too deeply"):
        read_markdown(body)


PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>River rises - The Daily Ferry</title>
<meta property="og:site_name" content="The Daily Ferry"><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2031-12-02T10:00:00Z">
<link rel="canonical" href="https://example.org/river"></head>
<body><nav><ul><li><a href="/">Home page</a></li></ul></nav><article><h1>River rises</h1>
<p>The river rose by two metres on <b>Monday</b>, and the ferry stayed at its pier, said the harbour master of the town.</p>
<p>People came to look at the water &lt;b&gt; and stayed until the evening, when the lights went on along the bank.</p>
<script>alert(1)</script><p>The water fell again, and no one was hurt in all of this, said the mayor of the small town.</p>
</article><footer>All rights reserved. Contact us</footer></body></html>"""


def test_a_web_page_gives_its_main_text_and_what_it_says_of_itself():
    draft = read_html(PAGE)
    assert (draft.title, draft.date, draft.author) == ("River rises", "2031-12-02", "Jane Doe")
    assert (draft.source, draft.url, draft.language) == ("The Daily Ferry", "https://example.org/river", "en-GB")
    paragraphs = draft.text.strip().split("\n\n")
    assert len(paragraphs) == 3
    assert paragraphs[0].startswith("The river rose by two metres on Monday, and")
    assert "the water <b> and" in paragraphs[1]
    assert "alert" not in draft.text
    assert "Home page" not in draft.text


def test_a_short_page_gives_its_text_without_menus():
    draft = read_html("<nav>Home</nav><h1>River</h1><p>It rose.</p><footer>Contact</footer>")
    assert (draft.title, draft.text.strip()) == ("River", "It rose.")


def test_a_page_without_text_is_refused():
    with pytest.raises(ContentError, match="no main text"):
        read_html("<html><body><script>x()</script></body></html>")


def test_html_becomes_paragraphs_lists_and_rows():
    page = shown(
        "<p>a\n b<br>c</p><ul><li><p>d</p></li><li>e<ul><li>f</li></ul></li></ul>g<pre>h\n  i</pre><table><tr><td>j<td>k</table>"
    )
    assert page.text == "a b\nc\n\nd\ne\nf\n\ng\n\nh\n  i\n\nj\tk"
    assert shown("<style>x{}</style><p onclick=x()>a &amp;lt;</p>").text == "a &lt;"
