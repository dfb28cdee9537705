"""Reviews are read whole or left out with a reason, the latest of each reviewer counts, and no mark outlives its texts."""

import csv
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.build import build_site
from generator.cache import Cache
from generator.engines.local import LocalEngine
from generator.errors import ContentError
from generator.pages.reviews import list_reviews, review_page
from generator.pages.site import find_surroundings, make_cluster_pages
from generator.read.folder import read_bytes, read_file
from generator.read.reviews import find_reviews, parse_review, read_reviews
from generator.reviews import MARKS, WITHDRAWN, Mark, digest_text, settle
from generator.rules import Settings, SiteRules
from generator.verify import verify_site
from tests.articles import REWRITE, WIRE, make_article, write_sample
from tests.found import every_state

REWRITE_READ, WIRE_READ = (read_bytes(text.encode(), "x").articles[0].text for text in (REWRITE, WIRE))
HOSTILE = '<script>document.title="run"</script>\n=1+1'


def make_mark(mark="fine", when="2024-12-02T09:30:00Z", **changed):
    """A mark as a page exports it."""
    texts = {"a_text": digest_text(REWRITE_READ), "b_text": digest_text(WIRE_READ)}
    return {"a": "rewrite", "b": "wire", **texts, "mark": mark, "note": "", "when": when, **changed}


def make_review(*marks, **changed):
    """A file of marks as a page exports it."""
    return {"format": "twicetold-reviews", "version": 1, "reviewer": "Anna", "marks": list(marks), **changed}


def parse(review):
    return parse_review(json.dumps(review).encode(), "anna.json")


@pytest.fixture
def project(tmp_path):
    write_sample(tmp_path / "content")
    (tmp_path / "reviews").mkdir()
    return tmp_path


def build(project, *reviews, site=None):
    for number, review in enumerate(reviews):
        text = review if isinstance(review, str) else json.dumps(review)
        (project / "reviews" / f"{number}.json").write_text(text, encoding="utf-8")
    settings = Settings(site=site or SiteRules())
    summary = build_site(project / "content", project / "site", settings, LocalEngine(1))
    assert verify_site(project / "site").faults == ()
    report = json.loads((project / "site" / "data" / "report.json").read_text(encoding="utf-8"))
    with (project / "site" / "data" / "reviews.csv").open(encoding="utf-8", newline="") as stream:
        return summary, report, list(csv.DictReader(stream))


def page_of(project, path="clusters/wire.html"):
    return (project / "site" / path).read_text(encoding="utf-8")


FAULTS = {
    "no JSON": (b"{", "it is not JSON"),
    "no UTF-8": (b"\xff\xfe\x00", "it is not UTF-8"),
    "deep": (b"[" * 100_000, "it is not JSON"),
    "another file": ({"marks": []}, '"format" must be "twicetold-reviews"'),
    "a list": ([], '"format" must be'),
    "another version": (make_review(version=2), '"version" is not 1'),
    "no name": (make_review(reviewer=" "), '"reviewer" must be a name of 1 to 80 characters'),
    "a name of nothing": (make_review(reviewer="\x00"), '"reviewer" must be a name'),
    "a long name": (make_review(reviewer="x" * 81), '"reviewer" must be a name'),
    "no marks": (make_review(marks=None), '"marks" must be a list'),
    "too many marks": (make_review(marks=[0] * 10_001), '"marks" must be a list of at most 10,000'),
    "an unknown name": (make_review(remarks=[]), '"remarks" is unknown'),
    "no object": (make_review("fine"), "mark 1 must be an object"),
    "an unknown mark": (
        make_review(make_mark(), make_mark("good")),
        'mark 2: "mark" is "good"; it must be one of not-acceptable,',
    ),
    "a mark that is a list": (make_review(make_mark([])), 'mark 1: "mark" is []'),
    "a long note": (make_review(make_mark(note="x" * 2001)), '"note" must be text of at most 2,000 characters'),
    "no digest": (make_review(make_mark(a_text="x")), '"a_text" must be 32 hexadecimal digits'),
    "one article": (make_review(make_mark(b="rewrite")), '"a" and "b" must be two articles'),
    "no time": (make_review(make_mark(when="today")), '"when" is "today"; it must be a time'),
    "no such day": (make_review(make_mark(when="2024-02-30T00:00:00Z")), '"when" is "2024-02-30T00:00:00Z"'),
    "many faults": (make_review(*[{}] * 9), "; and 51 more faults"),
}


@pytest.mark.parametrize(("review", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_a_broken_file_is_left_out_with_its_reason(review, fault):
    data = review if isinstance(review, bytes) else json.dumps(review).encode()
    with pytest.raises(ContentError) as raised:
        parse_review(data, "x.json")
    assert fault in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 500


def test_a_broken_file_leaves_the_others_in(project):
    summary, report, rows = build(project, make_review(make_mark()), make_review(make_mark("good")), "{")
    assert [item.path for item in summary.left_out] == ["reviews/1.json", "reviews/2.json"]
    assert [item["path"] for item in report["left_out"]] == ["reviews/1.json", "reviews/2.json"]
    assert [row["file"] for row in rows] == ["0.json"]
    assert "reviews/1.json" in page_of(project, "index.html")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(sorted(make_mark())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(make_mark())), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["reviewer", "marks", "site", "exported"]), JSON), st.lists(JSON, max_size=2))
def test_whatever_a_file_holds_it_is_read_or_refused(changed, marks):
    try:
        found = parse(make_review(make_mark(), *marks) | changed)
    except ContentError:
        return
    assert all(mark.mark in (*MARKS, WITHDRAWN) and mark.reviewer for mark in found)


def test_what_can_not_be_written_is_taken_out():
    (mark,) = parse(make_review(make_mark(note="a\x00b\ud800\r\nc"), reviewer=" Anna\n Weber "))
    assert (mark.reviewer, mark.note) == ("Anna Weber", "a b\ufffd\nc")
    (turned,) = parse(make_review(make_mark(a="wire", b="rewrite", a_text="1" * 32, b_text="2" * 32)))
    assert (turned.a, turned.a_text, turned.b_text) == ("rewrite", "2" * 32, "1" * 32)


MARK = st.builds(
    Mark,
    a=st.just("a"),
    b=st.sampled_from("bc"),
    a_text=st.sampled_from([digest_text("text of a"), "0" * 32]),
    b_text=st.just(digest_text("text of b")),
    reviewer=st.sampled_from(["Anna", "ANNA", "Ben"]),
    mark=st.sampled_from([*MARKS, WITHDRAWN]),
    note=st.just(""),
    when=st.sampled_from([f"2024-12-0{day}T00:00:00Z" for day in range(1, 4)]),
    file=st.just("x.json"),
)


@given(st.lists(MARK, max_size=8))
def test_the_latest_of_each_reviewer_on_the_texts_as_they_are_counts(marks):
    articles = {name: make_article(name, f"text of {name}") for name in "ab"}
    found = settle(marks, articles)
    last = {}
    for mark in sorted(marks, key=lambda mark: mark.when):
        if mark.b == "b" and mark.a_text != "0" * 32:
            last[mark.reviewer.lower()] = mark
    assert sorted(map(repr, found.marks)) == sorted(repr(m) for m in last.values() if m.mark != WITHDRAWN)
    for old in found.outdated:
        changed = "the text of a has changed since"
        assert old.reason == ("there is no article c any more" if old.mark.b == "c" else changed)
        assert old.mark.b == "c" or old.mark.reviewer.lower() not in last


def test_marks_of_several_reviewers_stand_on_page_index_and_table(project):
    first = make_review(make_mark(), make_mark("needs-a-look", "2024-12-03T09:30:00Z", note=HOSTILE))
    second = make_review(make_mark("credited"), reviewer="<b>Ben</b>")
    _, report, rows = build(project, first, second)
    assert [(row["mark"], row["reviewer"], row["cluster"]) for row in rows] == [
        ("credited", "<b>Ben</b>", "wire"),
        ("needs-a-look", "Anna", "wire"),
    ]
    assert report["counts"]["reviews"] == 2
    assert rows[1]["note"] == HOSTILE
    for path in ("clusters/wire.html", "index.html"):
        page = page_of(project, path)
        assert "1 needs a look, 1 credited" in page
        assert "&lt;b&gt;Ben&lt;/b&gt;" in page
        assert "&lt;script&gt;document" in page
        assert "<script>document.title" not in page
        assert '<time datetime="2024-12-03T09:30:00Z">3\u00a0Dec\u00a02024</time>' in page


def test_a_changed_article_drops_the_mark_and_says_so(project):
    build(project, make_review(make_mark(note="Ask the desk")))
    assert "Ask the desk" in page_of(project)
    wire = project / "content" / "wire.txt"
    wire.write_text(WIRE.replace("Tuesday", "Wednesday"), encoding="utf-8")
    _, report, rows = build(project)
    assert rows == []
    (old,) = report["outdated_reviews"]
    assert (old["reviewer"], old["reason"]) == ("Anna", "the text of wire has changed since")
    assert "Ask the desk" not in page_of(project)
    assert "1 mark does not count any more" in page_of(project, "index.html")
    wire.write_text(WIRE, encoding="utf-8")
    assert len(build(project)[2]) == 1


def test_reviews_are_part_of_what_a_build_is_named_by(project):
    ids = [build(project)[1]["build_id"] for _ in range(2)]
    ids += [build(project, make_review(make_mark()))[1]["build_id"] for _ in range(2)]
    ids.append(build(project, make_review(make_mark("credited")))[1]["build_id"])
    assert ids[0] == ids[1] != ids[2] == ids[3] != ids[4]


def test_the_folder_stands_beside_the_articles_unless_a_setting_says_otherwise(project, tmp_path):
    beside = project / "reviews"
    assert find_reviews(project / "content", "beside") == beside
    assert find_reviews(project / "content" / "none" / "deeper", "beside") is None
    assert find_reviews(project / "content", "none") is None
    assert find_reviews(project / "content", str(tmp_path)) == tmp_path
    with pytest.raises(ContentError, match=r"there is no folder nowhere for site\.reviews"):
        find_reviews(project / "content", "nowhere")
    assert build(project, make_review(make_mark()), site=SiteRules(reviews="none"))[2] == []


def test_only_json_files_are_reviews(project):
    folder = project / "reviews"
    (folder / ".hidden.json").write_text("{")
    (folder / "notes.txt").write_text("{")
    (folder / "sub.json").mkdir()
    assert read_reviews(folder).left_out == ()
    (folder / "large.json").write_bytes(b" " * (4 * 2**20 + 1))
    assert "larger than 4,194,304 bytes" in read_reviews(folder).left_out[0].reason


def test_marks_on_articles_of_no_cluster_hold_but_lead_nowhere(project):
    text = read_file(project / "content" / "glacier.txt").articles[0].text
    alone = make_mark(a="glacier", a_text=digest_text(text))
    _, _, rows = build(project, make_review(alone, make_mark(a="gone")))
    assert [(row["a"], row["cluster"]) for row in rows] == [("glacier", "")]
    assert "glacier" not in page_of(project)


def test_a_pair_of_a_cluster_that_is_not_compared_is_shown_apart():
    found = every_state()
    (report,) = (report for report in found.reports if report.cluster.anchor == "family-0")
    compared = {frozenset((c.copy, c.source)) for c in report.comparisons}
    texts = {member.prepared.article.id: member.prepared.article.text for member in report.members}
    a, b = next((a, b) for a in texts for b in texts if a < b and frozenset((a, b)) not in compared)
    mark = Mark(a, b, digest_text(texts[a]), digest_text(texts[b]), "Anna", "fine", "", "2024-12-02T09:30:00Z", "x")
    findings = replace(found.findings, reviewed=settle([mark], {x.id: x for x in found.findings.corpus.articles}))
    place = [cluster.anchor for cluster in findings.clusters].index("family-0")
    surroundings = find_surroundings(findings)
    assert [bool(one.marks) for one in surroundings].count(True) == 1
    page = next(iter(make_cluster_pages(report, surroundings[place], findings.provenance, SiteRules())))
    assert [len(other.marks) for other in page.other_reviews] == [1]
    assert not any(view.review.marks for view in page.comparisons)
    assert list_reviews(findings).rows[0].href == f"clusters/family-0.html#a-{a}"
    assert review_page(page, report, ()).other_reviews == ()


def test_a_new_review_is_shown_though_clusters_are_kept(project, tmp_path):
    def build_kept():
        build_site(project / "content", project / "site", Settings(), LocalEngine(1), cache=Cache(tmp_path / "cache"))
        return "What reviewers said" in page_of(project)

    assert [build_kept(), build_kept()] == [False, False]
    (project / "reviews" / "anna.json").write_text(json.dumps(make_review(make_mark())), encoding="utf-8")
    assert [build_kept(), build_kept()] == [True, True]
    (project / "reviews" / "anna.json").unlink()
    assert not build_kept()
