"""An article may draw on several: each is named, with what it brings; where there is one source, no other is named."""

import pytest

from generator.found import Match
from generator.sources import Kin, trace_sources
from generator.values import Cluster
from tests.articles import make_article, rewrite, tell
from tests.found import find
from tests.test_formula import notice


def put(name, sentences, day=0):
    known = {"date": f"2024-05-{day:02}"} if day else {}
    return make_article(name, " ".join(sentences), **known)


def sources_of(findings):
    """For each article its parent and its further sources."""
    found = {}
    for report in findings.reports:
        for member in report.members:
            name = member.prepared.article.id
            found[name] = [member.parent] if member.parent else []
            found[name] += [c.source for c in report.further if c.copy == name]
    return found


FIRST, SECOND = tell("first"), tell("second")
MIXED = [*FIRST[:5], *SECOND[:4], *tell("mixed", 2)]


def test_an_article_that_mixes_two_sources_has_both():
    findings = find([put("first", FIRST, 1), put("second", SECOND, 2), put("mixed", MIXED, 3)])
    (report,) = findings.reports
    assert sources_of(findings) == {"first": [], "second": [], "mixed": ["first", "second"]}
    assert [c.copy for c in report.comparisons] == ["mixed"]
    (further,) = report.further
    assert 0.3 < further.brings < 0.4
    assert further.name == "mixed~second"


def test_a_mixture_without_dates_is_told_to_share_with_both():
    findings = find([put("first", FIRST), put("second", SECOND), put("mixed", MIXED)])
    (report,) = findings.reports
    pairs = {frozenset((c.source, c.copy)) for c in (*report.comparisons, *report.further)}
    assert {frozenset(("first", "mixed")), frozenset(("second", "mixed"))} <= pairs


def test_a_further_source_is_named_though_it_lies_outside_the_cluster():
    mixed = [*FIRST[:7], *SECOND[:5]]
    reprints = [put(f"first-{n}", rewrite(FIRST, 0.05, n), 4 + n) for n in range(6)]
    findings = find([put("first", FIRST, 1), *reprints, put("second", SECOND, 2), put("mixed", mixed, 3)])
    (report,) = findings.reports
    assert "second" not in report.cluster.members
    assert [(c.copy, c.source) for c in report.further] == [("mixed", "second")]
    assert [guest.prepared.article.id for guest in report.guests] == ["second"]
    assert report.further[0].score >= 0.3


def test_of_many_reprints_of_a_further_source_only_the_first_is_named():
    reprints = [put(f"second-{n}", rewrite(SECOND, 0.02, n), 4 + n) for n in range(6)]
    findings = find([put("first", FIRST, 1), put("second", SECOND, 2), *reprints, put("mixed", MIXED, 28)])
    assert sorted(sources_of(findings)["mixed"]) == ["first", "second"]


def test_three_sources_are_three():
    third = tell("third")
    mixed = [*FIRST[:5], *SECOND[:5], *third[:5]]
    findings = find([put("first", FIRST, 1), put("second", SECOND, 2), put("third", third, 3), put("mixed", mixed, 4)])
    assert sorted(sources_of(findings)["mixed"]) == ["first", "second", "third"]


@pytest.mark.parametrize("dated", [True, False])
def test_rewrites_and_reprints_of_one_source_have_no_further_one(dated):
    rewrites = [put(f"copy-{n:02}", rewrite(FIRST, n / 150, n), (2 + n % 20) * dated) for n in range(60)]
    findings = find([put("first", FIRST, 1 * dated), *rewrites])
    assert [report.further for report in findings.reports] == [()]


def test_what_a_rewrite_of_a_rewrite_has_kept_names_no_further_source():
    second = rewrite(FIRST, 0.2, 1)
    findings = find([put("a", FIRST, 1), put("b", second, 2), put("c", rewrite(second, 0.2, 2), 3)])
    assert sources_of(findings) == {"a": [], "b": ["a"], "c": ["b"]}


def test_a_paragraph_out_of_a_longer_article_has_that_one_source():
    longer = [*FIRST, *SECOND, *tell("more", 20)]
    findings = find([put("longer", longer, 1), put("taker", [*SECOND[2:7], *tell("own", 6)], 2)])
    assert sources_of(findings) == {"longer": [], "taker": ["longer"]}


def pair(a, b, reuse):
    return Match(*sorted((a, b)), reuse, reuse, reuse)


def test_a_parent_that_is_not_reported_gives_way_to_a_further_source_that_is():
    articles = {
        name: put(name, text)
        for name, text in (("anchor", FIRST), ("copy", [*FIRST[:2], *SECOND[:8]]), ("source", SECOND))
    }
    reuse = ((1.0, 0.1, 0.1), (0.1, 1.0, 0.7), (0.1, 0.7, 1.0))
    tree = Cluster("anchor", ("anchor", "copy", "source"), ("", "anchor", "anchor"), reuse)
    matches = [pair("copy", "source", 0.7), pair("anchor", "source", 0.3)]
    traced = trace_sources(Kin(tree, articles, matches, ()))
    assert traced.parents == ("", "source", "anchor")
    assert traced.further == ()


def test_a_later_article_is_no_further_source():
    findings = find([put("first", FIRST, 1), put("second", SECOND, 9), put("mixed", MIXED, 3)])
    assert "second" not in sources_of(findings)["mixed"]


def test_a_common_pattern_is_no_further_source():
    notices = [make_article(f"n{i:02}", notice(i), date=f"2024-05-{1 + i % 28:02}") for i in range(40)]
    copies = [make_article(f"copy-{n}", f"{notice(3)} {' '.join(tell(n, 2))}", date="2024-06-01") for n in (1, 2)]
    findings = find([*notices, *copies])
    assert findings.reports
    assert all(not report.further for report in findings.reports)
