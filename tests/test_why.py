"""`twicetold why`: the score that a build gives, what counted most, and what was set aside."""

import json
from dataclasses import replace
from itertools import combinations, permutations

import pytest

from generator.cluster import make_clusters
from generator.engines.registry import make_engine
from generator.overlap import measure_overlaps
from generator.percent import show_share
from generator.rules import FindRules
from generator.sources import find_kin, trace_sources
from generator.standing import FURTHER, KIN, PARENT
from generator.why import explain
from tests.articles import invent, make_article, reword, write_sample
from tests.test_cli import run

ENGINE = make_engine("local")


def dividend(number):
    """A notice after a pattern, with a figure and a name of its own."""
    return (
        f"The board of directors of {invent(number, 3)} declared a quarterly dividend of {number}7 cents per ordinary share, "
        f"payable on {number} March to shareholders of record at the close of business on {number}1 February."
    )


def test_the_score_is_the_one_a_build_gives():
    text = invent(1)
    articles = [make_article(f"a{i}", reword(text, 0.15 * i, i)) for i in range(6)]
    for match in ENGINE.find_matches(articles, FindRules()).matches:
        one, other = (next(x for x in articles if x.id == name) for name in (match.a, match.b))
        told = explain(articles, one, other, FindRules(), ENGINE)
        assert told.matched
        assert (told.score, told.a_in_b, told.b_in_a) == pytest.approx((match.score, match.a_in_b, match.b_in_a))
        # Nothing is formula among so few, so all that is shared counted.
        assert sum(item.share for item in told.counted) == pytest.approx(match.reuse)
        assert [item.share for item in told.counted] == sorted((item.share for item in told.counted), reverse=True)


def test_a_pair_below_the_threshold_is_given_its_score():
    text = invent(1)
    one, other = make_article("a", text), make_article("b", reword(text, 0.5, 3))
    plain = explain([one, other], one, other, FindRules(), ENGINE)
    strict = explain([one, other], one, other, FindRules(threshold=0.95), ENGINE)
    assert not strict.matched
    assert strict.score == plain.score
    assert f"their score of {show_share(strict.score)} is below the threshold of 95\u00a0%" in strict.reason


def test_formula_is_named_as_set_aside():
    articles = [make_article(f"d{i}", dividend(i)) for i in range(1, 9)]
    told = explain(articles, articles[0], articles[1], FindRules(), ENGINE)
    aside = {item.text for item in told.set_aside}
    assert {"quarterly dividend", "payable", "shareholders"} <= aside
    assert not aside & {item.text for item in told.counted}
    assert not told.matched


def test_the_score_is_the_one_a_build_gives_beside_formula():
    story = invent(50, 60)
    notices = [make_article(f"d{i}", dividend(i) + " " + invent(i, 40)) for i in range(1, 9)]
    pair = [make_article(f"p{i}", dividend(9) + " " + reword(story, 0.1 * i, i)) for i in range(2)]
    (match,) = [m for m in ENGINE.find_matches([*notices, *pair], FindRules()).matches if m.a == "p0" and m.b == "p1"]
    assert explain([*notices, *pair], *pair, FindRules(), ENGINE).score == pytest.approx(match.score)


@pytest.mark.parametrize("archived", [False, True])
def test_a_score_below_the_threshold_is_the_one_that_a_lower_threshold_shows(archived):
    """Among notices after one pattern, so that much is formula; the oracle is a build that reports every pair."""
    notices = [make_article(f"d{i}", dividend(i) + " " + invent(i, 15)) for i in range(1, 8)]
    told = [make_article(f"t{i}", dividend(8 + i) + " " + reword(invent(99, 60), 0.45 * i, i)) for i in range(3)]
    articles = [replace(article, archive=archived and article.id != "d1") for article in (*notices, *told)]
    every = ENGINE.find_matches([replace(a, archive=False) for a in articles], FindRules(threshold=2**-20))
    known = {(match.a, match.b): match.score for match in every.matches}
    for one, other in combinations(articles, 2):
        score = explain(articles, one, other, FindRules(threshold=0.9), ENGINE).score
        assert score == pytest.approx(known.get(tuple(sorted((one.id, other.id))), 0.0), abs=1e-9)


def test_who_took_from_whom_is_told_as_a_build_tells_it():
    one, two = invent(1, 120), invent(2, 120)
    texts = {"one": one, "two": two, "mix": f"{one} {two}", "copy": reword(one, 0.2, 3), "again": reword(one, 0.2, 4)}
    articles = [make_article(name, text, date=f"2024-01-{day:02}") for day, (name, text) in enumerate(texts.items(), 1)]
    by_id = {article.id: article for article in articles}
    trees = make_clusters(ENGINE.find_matches(articles, FindRules()).matches, by_id, measure_overlaps, 0.27)
    found = ENGINE.find_matches(articles, FindRules())
    clusters = [trace_sources(kin) for kin in find_kin(found, trees, by_id)]
    parents = {m: p for cluster in clusters for m, p in zip(cluster.members, cluster.parents, strict=True)}
    further = {(f.copy, f.source): f.brings for cluster in clusters for f in cluster.further}
    assert parents["copy"] == "one"
    assert ("mix", "two") in further or parents["mix"] == "two"
    relations = set()
    for a, b in permutations(articles, 2):
        standing = explain(articles, a, b, FindRules(), ENGINE).standing
        relations.add(standing.relation)
        pair = standing.copy, standing.source
        assert (standing.relation == PARENT) == (parents.get(a.id) == b.id or parents.get(b.id) == a.id)
        assert (standing.relation == FURTHER) == bool({(a.id, b.id), (b.id, a.id)} & further.keys())
        if standing.relation == PARENT:
            assert parents[pair[0]] == pair[1]
        if standing.relation == FURTHER:
            assert standing.brings == pytest.approx(further[pair])
    assert relations >= {PARENT, FURTHER, KIN}


def test_articles_in_two_languages_are_told_with_the_cluster_of_each():
    told = [
        make_article(name, reword(invent(seed, 120), part, seed), language=language)
        for name, seed, part, language in (
            ("a", 1, 0, "en"),
            ("a2", 1, 0.1, "en"),
            ("b", 2, 0, "de"),
            ("b2", 2, 0.1, "de"),
            ("c", 3, 0, "fr"),
        )
    ]
    one, other = told[1], told[3]
    between = explain(told, one, other, FindRules(), ENGINE)
    within = explain(told, told[0], one, FindRules(), ENGINE), explain(told, told[2], other, FindRules(), ENGINE)
    assert (between.matched, between.score, between.standing.relation) == (False, None, "")
    assert between.standing.clusters == tuple(why.standing.clusters[1] for why in within)
    assert between.standing.parents == tuple(why.standing.parents[1] for why in within)
    assert all(between.standing.clusters)


def test_a_passage_that_is_all_two_articles_share_is_shown():
    lifted = " ".join(invent(1, 120).split()[10:45])
    one, other = (
        make_article("one", invent(1, 120)),
        make_article("other", f"{invent(8, 100)} {lifted} {invent(9, 100)}"),
    )
    told = explain([one, other], one, other, FindRules(), ENGINE)
    assert not told.matched
    assert told.told_apart
    assert told.standing.clusters == ("", "")
    (passage,) = told.passages
    assert passage.words == 35
    assert one.text[slice(*passage.a_span)] == other.text[slice(*passage.b_span)] == passage.text
    archived = replace(one, archive=True)
    assert not explain([archived, other], archived, other, FindRules(), ENGINE).told_apart


def test_the_command_tells_of_archive_and_sources(tmp_path):
    write_sample(tmp_path / "content")
    (tmp_path / "old" / "2023").mkdir(parents=True)
    (tmp_path / "content" / "wire.txt").rename(tmp_path / "old" / "2023" / "wire.txt")
    for name in ("2023/wire.txt", "old/2023/wire.txt", "2023-wire"):
        done = run("why", "rewrite", name, "--against", "old/2023", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Matched: ")
        assert "rewrite most likely took its text from 2023-wire.\n" in done.stdout
        assert "\nWord for word they share " in done.stdout
    told = json.loads(run("why", "rewrite", "2023-wire", "--against", "old/2023", "--json", cwd=tmp_path).stdout)
    assert told["standing"]["relation"] == "parent"
    assert told["passages"][0]["words"] >= told["passages"][-1]["words"]


def test_other_languages_and_texts_that_share_nothing_are_named():
    english, german = make_article("a", invent(1)), make_article("b", invent(1), language="de")
    told = explain([english, german], english, german, FindRules(), ENGINE)
    assert (told.matched, told.score) == (False, None)
    assert "one is in en, the other in de" in told.reason
    strange = make_article("c", "Zyx wvut qrpo nmlk jihg.")
    assert (
        "their score of 0\u00a0% is below" in explain([english, strange], english, strange, FindRules(), ENGINE).reason
    )


def test_the_command_takes_ids_and_paths(tmp_path):
    write_sample(tmp_path / "content")
    done = run("why", "wire", "content/rewrite.txt", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Matched: their score of ")
    assert "What counted most, of " in done.stdout
    assert json.loads(run("why", "wire.txt", "rewrite", "--json", cwd=tmp_path).stdout)["matched"] is True
    assert "Not matched" in run("why", "wire", "rewrite", "--threshold", "0.99", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("wire", "rewrit"), 3, "there is no article rewrit in content; did you mean 'rewrite'?"),
        (("wire", "wire.txt"), 2, "are the same article; name two"),
        (("wire", "rewrite", "--content", "none"), 3, "there is no folder none"),
    ],
)
def test_a_fault_is_named_with_its_mending(tmp_path, arguments, code, message):
    write_sample(tmp_path / "content")
    done = run("why", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
