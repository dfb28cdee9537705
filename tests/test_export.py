"""The data files say what the contract promises, agree with each other, and no cell is a formula."""

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cells import plain_cell, safe_cell
from generator.compare.readability import MEASURES
from generator.export import shown_share
from tests.found import every_state, export

FOUND = every_state()


@pytest.fixture(scope="module")
def files():
    outputs = list(export(FOUND))
    assert len({output.path for output in outputs}) == len(outputs)
    return {output.path: output.content.decode() for output in outputs}


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def clusters(files):
    return [json.loads(text) for path, text in files.items() if path.startswith("clusters/")]


def test_the_columns_are_those_of_the_contract(files):
    headers = {path: text.split("\n", 1)[0] for path, text in files.items() if path.endswith(".csv")}
    assert headers == {
        "data/articles.csv": "id,path,title,date,source,author,language,words,sentences,cluster,"
        + ",".join((*MEASURES, "archive")),
        "data/pairs.csv": "a,b,score,reuse,a_in_b,b_in_a,a_verbatim,b_verbatim,longest_passage,"
        "verdict,source,source_reason,cluster",
        "data/passages.csv": "a,b,words,a_share,b_share,a_start,a_end,b_start,b_end",
        "data/reviews.csv": "a,b,mark,reviewer,when,note,cluster,a_text,b_text,file",
        "data/clusters.csv": "id,url,size,title,anchor,reuse_max,reuse_mean,first_date,last_date,members",
    }


def test_a_cluster_has_the_keys_of_the_contract(files):
    for cluster in clusters(files):
        assert set(cluster) == {"id", "anchor", "members", "guests", "comparisons"}
        for member in (*cluster["members"], *cluster["guests"]):
            assert {
                "id", "path", "title", "date", "source", "author", "language", "text", "sentences", "readability", "parent",
                "sources", "set_aside", "archive",
            } == set(member)  # fmt: skip
            assert list(member["readability"]) == list(MEASURES)
        for comparison in cluster["comparisons"]:
            assert {
                "source", "copy", "source_reason", "reuse", "verbatim", "longest_passage",
                "verdict", "sentences", "dropped", "diff", "facts", "brings",
            } <= set(comparison)  # fmt: skip
            assert all({"copy", "from", "kind"} <= set(sentence) for sentence in comparison["sentences"])


def test_indices_and_offsets_lead_into_the_texts(files):
    for cluster in clusters(files):
        members = {member["id"]: member for member in (*cluster["members"], *cluster["guests"])}
        assert cluster["anchor"] == cluster["id"] == cluster["members"][0]["id"]
        drawn_on = [(m["id"], source) for m in cluster["members"] for source in m["sources"]]
        assert sorted((c["copy"], c["source"]) for c in cluster["comparisons"]) == sorted(drawn_on)
        for member in cluster["members"]:
            assert all(member["text"][start:end].strip() for start, end in member["sentences"])
        for comparison in cluster["comparisons"]:
            source, copy = members[comparison["source"]], members[comparison["copy"]]
            assert (copy["parent"] == source["id"]) == (comparison["brings"] is None)
            assert [s["copy"] for s in comparison["sentences"]] == list(range(len(copy["sentences"])))
            taken = {i for sentence in comparison["sentences"] for i in sentence["from"]}
            assert sorted(taken | set(comparison["dropped"])) == list(range(len(source["sentences"])))
            assert not taken & set(comparison["dropped"])


def test_the_diff_rebuilds_both_texts(files):
    for cluster in clusters(files):
        texts = {member["id"]: member["text"] for member in (*cluster["members"], *cluster["guests"])}
        for comparison in cluster["comparisons"]:
            ops = [op for segment in comparison["diff"] for op in segment["ops"]]
            source, copy = texts[comparison["source"]], texts[comparison["copy"]]
            assert "".join(copy[span[0] : span[1]] for _, _, span in ops if span) == copy
            assert "".join(source[a:b] for a, b in sorted(span for _, span, _ in ops if span)) == source
            assert all(source[slice(*a)] == copy[slice(*b)] for kind, a, b in ops if kind == "=")


def test_facts_lead_to_sentences_and_places_of_both_texts(files):
    states = set()
    for cluster in clusters(files):
        members = {member["id"]: member for member in (*cluster["members"], *cluster["guests"])}
        for comparison in cluster["comparisons"]:
            assert list(comparison["facts"]) == ["quotations", "figures", "names", "attributions", "hedges", "credits"]
            for fact in (fact for facts in comparison["facts"].values() for fact in facts):
                states.add(fact["state"])
                for side in ("source", "copy"):
                    member = members[comparison[side]]
                    assert all(i < len(member["sentences"]) for i in fact[side]["sentences"])
                    assert all(member["text"][start:end].strip() for start, end in fact[side]["spans"])
            assert comparison["direction"]["confidence"] in {"high", "fair", None}
            assert bool(comparison["direction"]["confidence"]) == comparison["source_known"]
    assert {"kept", "dropped"} <= states


def test_readability_tells_its_change_for_every_measure(files):
    for cluster in clusters(files):
        keys = {segment["key"] for comparison in cluster["comparisons"] for segment in comparison["diff"]}
        for comparison in cluster["comparisons"]:
            reading = comparison["readability"]
            assert list(reading["measures"]) == list(MEASURES)
            assert {row["key"] for row in reading["sentences"]} <= keys


def test_tables_and_clusters_agree(files):
    articles, pairs = rows(files["data/articles.csv"]), rows(files["data/pairs.csv"])
    assert [row["id"] for row in articles] == [article.id for article in FOUND.findings.corpus.articles]
    home = {row["id"]: row["cluster"] for row in articles}
    listed = {row["id"]: row for row in rows(files["data/clusters.csv"])}
    for cluster in clusters(files):
        members = {member["id"] for member in cluster["members"]}
        row = listed.pop(cluster["id"])
        assert set(row["members"].split()) == members == {i for i, c in home.items() if c == cluster["id"]}
        assert (int(row["size"]), row["url"]) == (len(members), f"clusters/{cluster['id']}.html")
    assert not listed
    for pair in pairs:
        together = home[pair["a"]] == home[pair["b"]] != ""
        assert pair["cluster"] == (home[pair["a"]] if together else "")
        assert float(pair["reuse"]) == max(float(pair["a_in_b"]), float(pair["b_in_a"]))


def test_a_comparison_has_the_score_of_its_pair(files):
    scores = {frozenset((pair["a"], pair["b"])): float(pair["score"]) for pair in rows(files["data/pairs.csv"])}
    compared = [comparison for cluster in clusters(files) for comparison in cluster["comparisons"]]
    assert compared
    for comparison in compared:
        assert comparison["score"] == scores.get(frozenset((comparison["source"], comparison["copy"])))


def test_the_report_counts_what_the_tables_hold(files):
    report = json.loads(files["data/report.json"])
    counts = report["counts"]
    assert counts["articles"] == len(rows(files["data/articles.csv"]))
    assert counts["pairs"] == len(rows(files["data/pairs.csv"]))
    assert counts["clusters"] == len(clusters(files))
    assert report["left_out"] == [{"path": item.path, "reason": item.reason} for item in FOUND.findings.corpus.left_out]
    assert report["digest"] == FOUND.findings.corpus.digest
    assert report["settings"]["find.threshold"] == "0.27"


def test_an_article_without_a_match_has_no_cluster_and_no_readability(files):
    (single,) = [row for row in rows(files["data/articles.csv"]) if row["id"] == "glacier"]
    assert single["cluster"] == ""
    assert {single[name] for name in MEASURES} == {""}
    assert int(single["words"]) > 0


@given(st.text())
def test_no_cell_is_a_formula(text):
    cells = [*re.split("[;\t]", safe_cell(text)), safe_cell(text)]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠", "\r"))]


@given(st.text())
def test_a_cell_is_read_as_it_was_unless_it_held_such_apostrophes_before(text):
    assert "'" in text or plain_cell(safe_cell(text)) == text


def test_a_formula_behind_a_semicolon_is_none():
    assert safe_cell("Oslo;=HYPERLINK(1)") == "Oslo;'=HYPERLINK(1)"
    assert safe_cell("a - b; c = d") == "a - b; c = d"


@pytest.mark.parametrize(("value", "shown"), [(0.12345, 0.1235), (1.0, 1.0), (0.99999, 1.0), (0.0, 0.0)])
def test_shares_have_four_decimals(value, shown):
    assert shown_share(value) == shown
