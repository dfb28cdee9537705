"""No reader fails on anything: bytes of any kind give an article or a reason.

FUZZ_RUNS=20000 tries more of each; an ordinary test run tries 150, always the same.
"""

import csv
import io
import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.api import compare, make_article
from generator.errors import ContentError
from generator.read.article import article_of
from generator.read.decode import decode
from generator.read.html import read_html
from generator.read.markdown import read_markdown
from generator.read.plain import read_plain
from generator.read.rows import read_csv, read_jsonl, read_parquet

RUNS = int(os.environ.get("FUZZ_RUNS", "150"))
SPICE = st.sampled_from(
    [
        *r"""--- title: id: date: url: [ ] { } & * ! | > ' " \ # ``` ~~~ <p> <div> <!-- --> <![CDATA[ ]]> </ <script> <svg> &#0;
    &#x110000; &lt , ; {"text":"a"} null NaN 1e999 OSLO — (AP) 2024-13-45 Ⅻ ² ٣ 港 İ ß ﷺ “ ” 9999999999999999999 1.234,5 $5 m %
    said Mr. U.S. © AP""".split(),  # noqa: SIM905 - a list of sixty marks reads worse
        "\n---\n",
        "\ufeff",
        "\x00",
        "\u2028",
        "\u202e",
        "\ud800",
        "\t",
        "\r",
        "By Ann Bee\n",
        "© 2024 AP",
    ]
)
WORDS = st.sampled_from(["harbour", "Ann Bee", "two", "the", "\n\n", " "])
TEXTS = st.lists(st.one_of(SPICE, st.text(max_size=20), WORDS), max_size=40)
TEXT = TEXTS.map("".join)
BYTES = st.one_of(st.binary(max_size=300), TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")))
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT, st.just(10**400)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=5,
)
KEYS = ("text", "Text", "id", "title", "date", "author", "url", "language", "place", "dateline")


@pytest.mark.parametrize("reader", [read_plain, read_markdown, read_html])
@settings(max_examples=RUNS)
@given(data=BYTES)
def test_files(reader, data):
    try:
        article = article_of(reader(decode(data)), "a", "a")
    except ContentError:
        return
    for value in (article.title, article.text, article.author, article.source, article.place, article.url):
        value.encode("utf-8")
        assert "\x00" not in value


@pytest.mark.parametrize("reader", [read_jsonl, read_csv, read_parquet])
@settings(max_examples=RUNS)
@given(data=BYTES)
def test_tables(reader, data):
    try:
        rows = list(reader(io.BytesIO(data), 1000))
    except ContentError:
        return
    for _, draft in rows:
        if not isinstance(draft, ContentError):
            try:
                article_of(draft, "a#1", "a-1")
            except ContentError:
                continue


@settings(max_examples=RUNS)
@given(st.dictionaries(st.sampled_from(KEYS), VALUE))
def test_rows_of_any_values(fields):
    try:
        line = json.dumps(fields).encode()
    except ValueError:
        return
    for _, draft in read_jsonl(io.BytesIO(line), 100_000):
        if not isinstance(draft, ContentError):
            try:
                article_of(draft, "a#1", "a-1")
            except ContentError:
                continue
    text = io.StringIO()
    csv.writer(text).writerows([["text", *fields], ["a story", *fields.values()]])
    list(read_csv(io.BytesIO(text.getvalue().encode("utf-8", "replace")), 100_000))


@pytest.mark.filterwarnings("ignore:There is no easy words vocabulary")
@settings(max_examples=RUNS // 2)
@given(TEXTS, TEXTS, st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=2))
def test_any_two_articles_can_be_told(ours, theirs, language):
    ours, theirs = "".join([*ours, "word ", *theirs]), "".join([*theirs, " word ", *ours[:20]])
    told = compare(make_article(ours, "a", language=language), make_article(theirs, "b", language=language))
    assert len(told.report.members) == 2


def test_a_number_of_thousands_of_digits_is_no_figure():
    text = "The harbour holds " + "1" * 5000 + " cars, and 340 of 410 members walked out."
    assert compare(make_article(text, "a"), make_article(text, "b")).report.comparisons[0].verdict == "identical"
