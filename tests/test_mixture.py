"""A page of an article that draws on several says so, and which part comes from where."""

from functools import cache

from generator.pages.cluster import ClusterPage
from generator.pages.mixture import SEVERAL, nearest_sources
from generator.rules import SiteRules
from generator.values import Comparison
from tests.found import every_state, make_pages


@cache
def findings():
    return every_state()


def page_with(name):
    """The page of the cluster that an article is in, and its report."""
    report = next(report for report in findings().reports if name in report.cluster.members)
    path = f"clusters/{report.cluster.anchor}.html"
    return next(page for page in make_pages(findings(), SiteRules()) if page.path == path), report


def test_the_finding_says_what_a_mixture_draws_on_and_how_many_sentences_are_whose():
    page, report = page_with("mixture")
    assert isinstance(page, ClusterPage)
    assert report.cluster.members == ("own-1", "own-2", "mixture")
    (told,) = page.finding.mixtures
    assert told.startswith("C likely draws on 2\xa0articles, A and B: of C, by weight, ")
    assert told.endswith(
        "stands in B and not in A. Of its 11\xa0sentences, 5 are nearest to A, 5 are nearest to B and 1 is its own."
    )
    assert page.finding.evidence.startswith("B took from none of the others.")


def test_the_lineage_shows_both_lines_and_the_origin():
    page, _ = page_with("mixture")
    nodes = {node.letter: node for node in page.lineage}
    assert [(other.letter, other.comparison) for other in nodes["C"].also] == [("B", "pair-mixture~own-2")]
    assert [nodes[name].origin for name in "ABC"] == [False, True, False]
    assert {"pair-mixture", "pair-mixture~own-2"} == {comparison.fragment for comparison in page.comparisons}
    assert page.matrix.rows[2][1].fragment == "pair-mixture~own-2"


def test_a_copy_beside_one_source_does_not_call_its_own_what_comes_from_the_other():
    page, _ = page_with("mixture")
    assert all("its own or from elsewhere" in comparison.explanation.sentence for comparison in page.comparisons)
    assert [comparison.further for comparison in page.comparisons] == [False, True]


def test_the_strip_of_a_mixture_counts_both_sources():
    page, _ = page_with("mixture")
    row = page.articles[2]
    assert len(row.also) == 1
    assert row.also[0].endswith("with B")
    assert sum(bar.length for bar in row.strip.bars) > 0.75 * row.strip.words


def test_a_source_outside_the_cluster_has_a_letter_and_a_place():
    page, report = page_with("taker")
    assert [guest.prepared.article.id for guest in report.guests] == ["guest"]
    first = page.outside[0]
    assert (first.fragment, first.headline.text) == ("a-guest", "guest")
    (also,) = next(node.also for node in page.lineage if node.also)
    assert (also.letter, also.fragment) == (first.own_letter, "a-guest")
    assert first.own_letter not in {row.letter for row in page.articles}
    assert "pair-taker~guest" in {comparison.fragment for comparison in page.comparisons}


def test_a_sentence_is_nearest_to_the_source_that_keeps_most_of_it():
    class Link:
        def __init__(self, kept):
            self.kept, self.kind = kept, "edited" if kept else "new"

    class Beside:
        def __init__(self, source, *kept):
            self.source, self.links = source, [Link(share) for share in kept]

    both: list[Comparison] = [Beside("a", 0.9, 0.2, 0, 0.5), Beside("b", 0.1, 0.8, 0, 0.5)]
    assert nearest_sources(both) == ["a", "b", "", SEVERAL]
