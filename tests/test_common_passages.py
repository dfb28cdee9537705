"""Passages in common of articles that are no match: what counts as one, exactly, and where it is told."""

from collections import defaultdict
from itertools import chain, combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import common_passages
from generator.common_passages import MOST_HOLDERS, SHORTEST, TELLINGS, find_common_passages
from generator.engines.local import LocalEngine
from generator.fingerprint import fingerprint, name_keys
from generator.found import CommonPassage, Match
from generator.prepare import normalised_words, weights_of
from generator.rules import FindRules, SiteRules
from tests.articles import make_article, rewrite, tell
from tests.found import export, find, make_pages

UNIT = 2**20
WEIGHTS = weights_of("en")
LIFTED = tell("lifted", 3)


def own_text(seed, sentences=40):
    return tell(f"own {seed}", sentences)


def holding(name, passage=LIFTED, **known):
    """A long article of its own that holds the passage in its middle."""
    own = own_text(name)
    return make_article(name, " ".join([*own[:20], *passage, *own[20:]]), **known)


def pairs_of(articles):
    found = LocalEngine(1).find_matches(articles, FindRules())
    return {(passage.a, passage.b) for passage in found.passages}


def longest_apart(passages):
    """The longest passages of a pair, as long as none takes a word of another."""
    taken = set()
    for p in sorted(passages, key=lambda p: (-p.length, p.at_a, p.at_b)):
        places = {("a", p.at_a + i) for i in range(p.length)} | {("b", p.at_b + i) for i in range(p.length)}
        if not taken & places:
            taken |= places
            yield p


def plainly(articles, matches, formula, least, shortest):
    """The same as find_common_passages, from its definition."""
    words = {a.id: normalised_words(a.text) for a in articles}
    reported = {frozenset((match.a, match.b)) for match in matches}
    partners = {a.id: sum(a.id in pair for pair in reported) for a in articles}
    holders = defaultdict(dict)
    for name, own in words.items():
        for at in range(len(own) - shortest + 1):
            holders[tuple(own[at : at + shortest])].setdefault(name, at)
    covered = defaultdict(set)
    for held in holders.values():
        if sum(UNIT // (1 + partners[name]) for name in held) <= TELLINGS * UNIT:
            for a, b in combinations(sorted(held), 2):
                if frozenset((a, b)) not in reported:
                    covered[a, b, held[b] - held[a]] |= set(range(held[a], held[a] + shortest))
    found = defaultdict(list)
    for (a, b, shift), places in covered.items():
        for start in sorted(at for at in places if at - 1 not in places):
            end = start
            while end in places:
                end += 1
            run = words[a][start:end]
            weights = {word: WEIGHTS[word] for word in run}
            weights |= {f"{one} {two}": WEIGHTS[one] + WEIGHTS[two] for one, two in pairwise(run)}
            if sum(weights[key] for key in weights.keys() - formula[a] - formula[b]) >= least:
                found[a, b].append(CommonPassage(a, b, start, start + shift, end - start))
    kept = [passage for passages in found.values() for passage in longest_apart(passages)]
    return tuple(sorted(kept, key=lambda p: (p.a, p.b, p.at_a)))


TOKENS = ["the", "of", "harbour", "Ozal", "7", "quarry", "seven"]
RUNS = [["harbour", "Ozal", "quarry", "the", "seven"], ["of", "the", "of", "the"], ["7", "quarry", "of", "harbour"]]
TEXTS = st.lists(st.one_of(st.sampled_from(TOKENS).map(lambda word: [word]), st.sampled_from(RUNS)), max_size=7)


@pytest.mark.parametrize("shortest", [1, 2, 3, 5])
@given(
    texts=st.lists(TEXTS, max_size=7),
    reported=st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6))),
    aside=st.lists(st.sampled_from(["ozal", "quarry", "quarry of", "harbour ozal", "the"]), max_size=3),
    least=st.sampled_from([0, 5 * UNIT, 20 * UNIT]),
)
def test_random_articles_give_what_the_definition_gives(shortest, texts, reported, aside, least):
    articles = [make_article(f"a{i}", " ".join(chain.from_iterable(parts))) for i, parts in enumerate(texts)]
    ids = [article.id for article in articles]
    matches = [Match(ids[i], ids[j], 1.0, 1.0, 1.0) for i, j in sorted(reported) if i < j < len(ids)]
    formula = {name: set(aside[at % 2 :]) for at, name in enumerate(ids)}

    def formula_of(index):
        named = {words: key for key, words in name_keys(articles[index]).items()}
        return np.array(sorted(named[words] for words in formula[ids[index]] if words in named), dtype=np.uint64)

    before = common_passages.SHORTEST
    common_passages.SHORTEST = shortest
    try:
        found = find_common_passages(ids, [fingerprint(a) for a in articles], matches, formula_of, least)
    finally:
        common_passages.SHORTEST = before
    assert found == plainly(articles, matches, formula, least, shortest)


def test_a_paragraph_lifted_into_a_long_article_is_found_though_the_pair_is_no_match():
    articles = [holding("one"), holding("two"), make_article("other", " ".join(own_text("other")))]
    found = LocalEngine(1).find_matches(articles, FindRules())
    assert not found.matches
    (passage,) = found.passages
    start, other = 20 * 14, 20 * 14
    assert passage == CommonPassage("one", "two", start, other, 3 * 14)


def test_a_passage_has_enough_words():
    words = " ".join(LIFTED).split()
    for number, there in ((SHORTEST - 1, False), (SHORTEST, True)):
        articles = [holding(name, [" ".join(words[:number])]) for name in ("one", "two")]
        assert (pairs_of(articles) == {("one", "two")}) is there


def test_common_words_are_no_evidence():
    common = ["the of and to in was said on for with that " * 5]
    assert not pairs_of([holding("one", common), holding("two", common)])


def test_what_many_tellings_hold_is_boilerplate():
    three = [holding(name) for name in ("one", "two", "three")]
    assert len(pairs_of(three)) == 3
    assert not pairs_of([*three, holding("four")])


def test_reprints_count_as_one_telling_and_are_told_once():
    reprints = [make_article(f"r{n:02}", holding("story").text, date=f"2024-03-{n:02}") for n in range(1, 29)]
    assert len(reprints) <= MOST_HOLDERS
    whole = find([*reprints, holding("lone")])
    (cluster,) = whole.findings.clusters
    assert len(cluster.members) == len(reprints)
    (placed,) = whole.findings.passages
    assert {placed.a.article, placed.b.article} == {"lone", cluster.anchor}


def test_of_more_reprints_than_are_paired_none_hides_the_article_outside():
    reprints = [make_article(f"r{n:02}", holding("story").text) for n in range(MOST_HOLDERS + 8)]
    assert {pair for pair in pairs_of([holding("zz"), *reprints]) if "zz" in pair}


def test_articles_in_different_languages_share_no_passage():
    assert not pairs_of([holding("one", language="en"), holding("two", language="fr")])


def test_what_a_cluster_or_a_match_tells_is_not_repeated():
    story = own_text("story", 12)
    copies = [make_article(f"c{n}", " ".join(rewrite(story[:8], 0.1, n)) + " " + " ".join(story[8:])) for n in range(3)]
    whole = find(copies)
    assert whole.findings.clusters
    assert not whole.findings.passages


def test_passages_join_no_cluster_and_are_no_pairs():
    whole = find([holding("one"), holding("two")])
    assert len(whole.findings.passages) == 1
    assert not whole.findings.clusters
    assert not whole.findings.matches


def test_a_passage_is_told_with_its_place_its_share_and_a_sentence_either_side():
    articles = [holding("one"), holding("two")]
    whole = find(articles)
    (placed,) = whole.findings.passages
    passage = " ".join(LIFTED).rstrip(".")
    for article, place in zip(articles, (placed.a, placed.b), strict=True):
        assert article.text[slice(*place.span)] == passage
        own = own_text(article.id)
        assert article.text[slice(*place.context)] == " ".join([own[19], *LIFTED, own[20]])
        assert place.share == len(LIFTED) / (len(own) + len(LIFTED))
    rows = {out.path: out.content.decode() for out in export(whole)}["data/passages.csv"].splitlines()
    assert rows[1] == ",".join(
        map(str, ("one", "two", 42, 0.0698, 0.0698, *placed.a.span, *placed.b.span))
    )  # three sentences of 43


def test_the_index_and_the_clusters_concerned_show_it():
    story = own_text("story")
    held = " ".join([*story[:20], *LIFTED, *story[20:]])
    copy = " ".join([*story[:20], *story[22:]])
    whole = find([make_article("told", held), make_article("told-again", copy), holding("lone")])
    pages = {page.path: page for page in make_pages(whole, SiteRules())}
    (row,) = pages["index.html"].common
    (cluster,) = whole.findings.clusters
    home = f"{cluster.anchor}.html"
    assert [side.headline.text for side in row.sides] == ["lone", "told"]
    assert [side.href for side in row.sides] == ["", f"clusters/{home}#a-told"]
    assert {side.text for side in row.sides} == {" ".join(LIFTED).rstrip(".")}
    (elsewhere,) = pages[f"clusters/{home}"].elsewhere
    assert (elsewhere.headline.text, elsewhere.href) == ("lone", "")
    assert elsewhere.context == f"../index.html#{row.fragment}"


def test_pairs_that_the_rules_leave_out_are_left_out_here_too():
    articles = [holding("one", source="Harbour News"), holding("two", source="Harbour News")]
    assert not LocalEngine(1).find_matches(articles, FindRules(ignore_same=("source",))).passages


def test_archived_articles_bring_no_passages():
    assert not pairs_of([holding("one"), holding("two", archive=True)])
