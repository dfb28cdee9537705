"""Pages say what was found, in numbers that are true to the last per cent."""

from dataclasses import fields, is_dataclass, replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.finding import make_finding
from generator.pages.fragments import make_fragments
from generator.pages.frame import StubPage, make_headline
from generator.pages.index import IndexPage, make_histogram
from generator.pages.members import source_name
from generator.pages.numbers import (
    count,
    letter,
    listing,
    show_cell,
    show_date,
    show_difference,
    show_measure,
    show_words_of,
)
from generator.pages.pieces import cut_segment, make_marks
from generator.percent import show_beside, show_bound, show_share
from generator.prepare import normalised_words
from generator.rules import SiteRules
from tests.articles import invent, make_article, reword
from tests.found import every_state, find, make_pages, two


@cache
def findings():
    return every_state()


@cache
def pages():
    return tuple(make_pages(findings(), SiteRules()))


def page_at(path):
    return next(page for page in pages() if page.path == path)


def cluster_page(member):
    anchor = next(r.cluster.anchor for r in findings().reports if member in r.cluster.members)
    return page_at(f"clusters/{anchor}.html")


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0 %"), (0.0004, "under 1 %"), (0.005, "under 1 %"), (0.62, "62 %"), (0.9996, "over 99 %"), (1, "100 %")],
)
def test_a_share_is_rounded_but_never_to_all_or_nothing(share, shown):
    assert plain(show_share(share)) == shown


@given(st.floats(0, 1))
def test_only_exact_ends_are_shown_as_ends(share):
    assert (plain(show_share(share)) == "0 %") == (share == 0)
    assert (plain(show_share(share)) == "100 %") == (share == 1)
    assert "%" not in show_cell(share)


def test_counts_stand_beside_shares():
    assert plain(show_words_of(310, 500)) == "62 % (310 of 500 words)"
    assert plain(show_words_of(0, 0)) == "0 % (0 of 0 words)"
    assert plain(count(1, "copy", "copies")) == "1 copy"
    assert plain(count(1200, "copy", "copies")) == "1,200 copies"


def test_measures_show_a_dash_where_there_is_none():
    shown = [show_measure(value) for value in (None, 3, 12.344, -1.5, -0.001, "8th grade")]
    assert shown == ["–", "3", "12.34", "\u22121.50", "0.00", "8th grade"]


def test_a_difference_is_that_of_the_numbers_shown():
    assert show_difference(10.16, 10.14) == "+0.1"
    assert show_difference(9.0, 10.0) == "\u22121.0"
    assert show_difference(9.01, 9.02) == "±0"
    assert show_difference(None, 9.0) == ""


def test_dates_letters_and_lists_read_as_people_write_them():
    assert plain(show_date("2024-12-02")) == "2 Dec 2024"
    assert show_date("2024-12") == "2024-12"
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert [listing([]), listing(["A"]), listing(["A", "B", "C"])] == ["", "A", "A, B and C"]


def test_every_article_of_a_cluster_has_an_address():
    paths = [page.path for page in pages()]
    assert len(paths) == len(set(paths))
    for report in findings().reports:
        assert {f"clusters/{member}.html" for member in report.cluster.members} <= set(paths)
    for stub in (page for page in pages() if isinstance(page, StubPage)):
        leads_to = page_at(f"clusters/{stub.target}")
        assert stub.fragment in {article.fragment for article in leads_to.articles}


@pytest.mark.parametrize(
    ("source", "agency", "shown"),
    [
        ("The Post", "", "The Post"),
        ("", "AP", "AP"),
        ("The Post", "AP", "The Post (AP)"),
        ("Apple Daily", "AP", "Apple Daily (AP)"),
        ("AP Newswire", "AP", "AP Newswire"),
        ("The Associated Press", "AP", "The Associated Press"),
        ("Source 10", "Source 1", "Source 10 (Source 1)"),
        ("Zoe\u0308", "", "Zo\u00eb"),
    ],
)
def test_a_source_is_shown_with_the_agency_that_it_does_not_name(source, agency, shown):
    assert source_name(make_article("a", "A story.", source=source, agency=agency)) == shown


@given(st.floats(0, 1), st.sampled_from([0.27, 0.29, 0.225, 0.3, 0.5, 0.999, 1.0]))
def test_a_share_beside_a_bound_lies_on_its_side_of_it(share, bound):
    shown = show_beside(share, bound)
    number = 100 * share if shown.startswith(("under", "over")) else float(shown.removesuffix("\u00a0%"))
    # What lies closer to the bound than can be written is no worry.
    assert (number >= round(100 * bound, 6)) == (share >= bound) or abs(share - bound) < 1e-6
    assert abs(number - 100 * share) <= 0.5


@pytest.mark.parametrize(("bound", "shown"), [(0.27, "27"), (0.29, "29"), (0.225, "22.5"), (1, "100")])
def test_a_bound_is_shown_as_it_was_given(bound, shown):
    assert show_bound(bound) == f"{shown}\u00a0%"


def test_pages_hold_plain_values_only():
    def walk(value):
        if is_dataclass(value):
            for field in fields(value):
                walk(getattr(value, field.name))
        elif isinstance(value, tuple):
            for item in value:
                walk(item)
        else:
            assert isinstance(value, str | int | bool | None), type(value)

    for page in pages():
        walk(page)


def test_pieces_give_both_texts_back():
    for report in findings().reports:
        members = {member.prepared.article.id: member.prepared for member in report.members}
        for comparison in report.comparisons:
            source, copy = members[comparison.source], members[comparison.copy]
            marks = make_marks(source, copy, comparison.passages)
            pieces = [
                piece
                for segment in comparison.segments
                for piece in cut_segment(segment, source.article.text, copy.article.text, marks)
            ]
            shown = "".join(whole(piece) for piece in pieces if piece.kind != "cut")
            assert shown == copy.article.text
            kept = "".join(piece.was or whole(piece) for piece in pieces if piece.kind != "added")
            assert sorted(kept.split()) == sorted(source.article.text.split())


def whole(piece):
    return piece.lead + "".join(run.text for run in piece.runs) + piece.tail


def test_text_marked_as_a_passage_stands_in_both():
    report = next(r for r in findings().reports if "wire" in r.cluster.members)
    source, copy = (member.prepared for member in report.members)
    marks = make_marks(source, copy, report.comparisons[0].passages)
    assert marks.copy
    shared = [normalised_words(copy.article.text[slice(*span)]) for span in marks.copy]
    words = " ".join(source.words)
    assert all(" ".join(run[:5]) in words for run in shared)


def test_hunks_with_the_same_text_keep_distinct_fragments():
    report = next(r for r in findings().reports if "twin-1" in r.cluster.members)
    fragments = make_fragments(report.comparisons)
    assert len(set(fragments.values())) == len(fragments)
    first = report.comparisons[0]
    assert all(fragments[first.copy, segment.key] == f"h-{segment.key}" for segment in first.segments)


def test_the_finding_names_verdict_numbers_and_reason():
    page = cluster_page("wire")
    verdict = page.comparisons[0].verdict
    assert verdict in page.finding.sentence
    assert page.comparisons[0].reuse in page.finding.evidence
    assert page.comparisons[0].reason in page.finding.direction


def test_a_comparison_begins_with_a_sentence_true_to_its_numbers():
    explained = cluster_page("wire").comparisons[0].explanation
    copy = cluster_page("wire").articles[1]
    for part in copy.strip.text.split(", ")[:2]:
        assert part.split("\u00a0")[0] in explained.sentence
    assert "it drops" in explained.sentence
    assert "the AP credit" in explained.sentence
    gone = [fact for fact in explained.facts if (fact.kind, fact.state) == ("Quotations", "dropped")]
    assert plain(f"{len(gone)} quotation") in plain(explained.sentence)
    identical = cluster_page("twin-1").comparisons[0].explanation
    assert identical.sentence == "All words of B are those of A."


def test_facts_lead_to_hunks_of_their_page():
    for page in pages():
        for comparison in getattr(page, "comparisons", ()):
            hunks = {row.fragment for row in comparison.rows}
            told = comparison.explanation
            sides = [side for fact in told.facts for side in (fact.source, fact.copy)]
            pointers = [pointer for side in sides for pointer in side.pointers]
            assert all(pointer.fragment in hunks for pointer in pointers)
            assert all(item.fragment in hunks | {""} for group in told.kept for item in group.items)
            assert all(row.fragment in hunks for row in told.reading_rows)


def test_a_move_is_shown_with_a_link_to_where():
    parts = [invent(f"part-{n}", 36) for n in range(4)]
    found = find([make_article("a", " ".join(parts)), make_article("b", " ".join([parts[3], *parts[:3]]))])
    page = next(page for page in make_pages(found, SiteRules()) if page.template == "cluster.html")
    rows = page.comparisons[0].rows
    moved = [pointer for row in rows for pointer in row.pointers if pointer.text.startswith("moved from sentence")]
    assert moved
    assert all(pointer.fragment in {row.fragment for row in rows} for pointer in moved)


def test_a_direction_that_is_open_is_said_to_be_open():
    report = find(two()).reports[0]
    comparison = replace(
        report.comparisons[0],
        direction=replace(report.comparisons[0].direction, source="", reason="neither has a date"),
    )
    finding = make_finding(replace(report, comparisons=(comparison,)), {"wire": "A", "rewrite": "B"})
    assert "open: neither has a date" in finding.direction


def test_the_anchor_stands_first_and_others_are_measured_against_it():
    page = cluster_page("family-0")
    assert page.articles[0].letter == "A"
    assert page.articles[0].ease.difference == ""
    assert all(article.ease.difference for article in page.articles[1:])
    assert page.matrix is not None
    assert len(page.matrix.rows) == len(page.articles)
    assert cluster_page("wire").matrix is None


def test_the_lineage_opens_and_closes_every_level():
    nodes = cluster_page("family-0").lineage
    assert len(nodes) == 5
    assert sum(node.opens for node in nodes) == sum(node.closes for node in nodes)


def test_the_lineage_names_the_article_that_a_reason_speaks_for():
    first, *others = cluster_page("family-0").lineage
    assert first.reason == ""
    for node in others:
        assert " is likely the source: " in node.reason


@pytest.mark.parametrize(
    ("source_in_copy", "copy_in_source", "shown"), [(0.3, 0.6, "60 % of B"), (0.6, 0.3, "60 % of A")]
)
def test_the_evidence_says_which_article_stands_in_the_other(source_in_copy, copy_in_source, shown):
    report = next(report for report in findings().reports if report.cluster.anchor == "wire")
    comparison = replace(report.comparisons[0], source_in_copy=source_in_copy, copy_in_source=copy_in_source)
    finding = make_finding(replace(report, comparisons=(comparison,)), {"wire": "A", "rewrite": "B"})
    assert f"{shown} also stands in" in plain(finding.evidence)


def test_a_handful_of_pairs_has_no_histogram():
    index = next(make_pages(find(two()), SiteRules()))
    assert isinstance(index, IndexPage)
    assert index.pairs == 1
    assert index.histogram == ()


def test_a_sentence_kind_has_one_name_everywhere():
    rows = [
        row for name in ("wire", "family-0", "evil-1") for one in cluster_page(name).comparisons for row in one.rows
    ]
    labels = {row.kind: row.label for row in rows}
    assert {kind: labels.get(kind, kind) for kind in ("edited", "rewritten", "new", "dropped")} == {
        kind: kind for kind in ("edited", "rewritten", "new", "dropped")
    }
    assert "rewritten" in labels


def test_headlines_carry_their_language_and_direction():
    hebrew = make_headline(make_article("x", "x", language="he"))
    unknown = make_headline(make_article("x", "x", language="und"))
    assert (hebrew.lang, hebrew.dir) == ("he", "rtl")
    assert (unknown.lang, unknown.dir) == ("", "auto")


def test_the_strip_covers_no_more_than_the_article():
    for page in pages():
        for article in getattr(page, "articles", ()) if page.template == "cluster.html" else ():
            ends = [(bar.start, bar.start + bar.length) for bar in article.strip.bars]
            assert all(end <= start for (_, end), (start, _) in pairwise(ends))
            assert not ends or ends[-1][1] <= article.strip.words


def test_the_index_counts_every_article_once():
    index = page_at("index.html")
    assert isinstance(index, IndexPage)
    assert index.clustered + len(index.singles) == index.articles
    assert sum(row.size for row in index.rows) == index.clustered
    assert sum(item.number for item in index.histogram) == index.pairs
    assert [item.path for item in index.left_out] == ["broken/<b>.txt"]


def test_an_empty_histogram_has_no_bars():
    assert make_histogram(()) == ()


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_corpus_without_clusters_has_an_index(number):
    found = find([make_article(f"lone-{n}", invent(f"lone-{n}")) for n in range(number)])
    made = list(make_pages(found, SiteRules()))
    assert [page.path for page in made] == ["index.html", "how-to-read.html", "404.html"]
    assert made[0].rows == ()


def test_a_large_cluster_is_bounded_and_says_so():
    text = invent("reprint", 60)
    found = find([make_article(f"reprint-{n:02}", reword(text, 0.02, n)) for n in range(70)])
    page = next(page for page in make_pages(found, SiteRules()) if page.template == "cluster.html")
    assert len(page.comparisons) == 60
    assert "60" in page.hidden
    assert page.matrix is None
    assert len(page.articles) == 70
    shown = {comparison.fragment for comparison in page.comparisons}
    assert {node.comparison for node in page.lineage} - {""} == shown


def test_an_anchor_without_evidence_is_not_called_the_first():
    page = cluster_page("twin-1")
    assert page.articles[0].role == "shown first"
    assert "open" in page.finding.sentence
    assert cluster_page("family-0").articles[0].role == "likely first"
