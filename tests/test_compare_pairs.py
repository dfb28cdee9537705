"""Reported pairs travel in batches; each is measured once, as if it had been alone."""

from itertools import combinations

from generator.compare import report
from generator.compare.passages import tile_indexed
from generator.compare.report import BATCH, PairsJob, cluster_jobs, number_pairs, pair_jobs, report_cluster
from generator.found import Match
from generator.rules import CompareRules
from generator.values import Article, Cluster
from tests.articles import make_article

OPENING = "The harbour of Lund froze on Tuesday and the ferries stayed at their berths until the ice was broken"
ARTICLES = {
    f"a{n:02}": Article(
        id=f"a{n:02}", path=f"a{n:02}.txt", title="Ice", text=f"{OPENING}. Boat {n} left at {n + 3}. {OPENING[n:]}."
    )
    for n in range(40)
}
MATCHES = [Match(a, b, 0.9, 0.9, 0.8) for a, b in combinations(ARTICLES, 2)]
MEMBERS = tuple(ARTICLES)[:30]
CLUSTER = Cluster("a00", MEMBERS, ("", *["a00"] * 29), ((1.0,) * 30,) * 30)


def test_every_match_is_in_one_batch_with_its_articles_and_its_cluster():
    jobs = list(pair_jobs(MATCHES, [CLUSTER], ARTICLES))
    assert sorted((m.a, m.b) for job in jobs for m, _ in job.pairs) == [(m.a, m.b) for m in MATCHES]
    assert max(len(job.pairs) for job in jobs) <= BATCH
    for job in jobs:
        assert job.articles == {i: ARTICLES[i] for match, _ in job.pairs for i in (match.a, match.b)}
        assert all(home == ("a00" if {m.a, m.b} <= set(MEMBERS) else "") for m, home in job.pairs)


def test_a_pair_has_the_same_numbers_in_a_batch_as_alone():
    job = next(pair_jobs(MATCHES, [CLUSTER], ARTICLES))
    alone = [
        number_pairs(PairsJob((pair,), {i: ARTICLES[i] for i in (pair[0].a, pair[0].b)}), CompareRules())
        for pair in job.pairs
    ]
    assert [[numbers] for numbers in number_pairs(job, CompareRules())] == alone


def test_a_small_clusters_pairs_are_numbered_with_it_as_they_would_be_in_a_batch():
    small = Cluster("a00", MEMBERS[:5], ("", *["a00"] * 4), ((1.0,) * 5,) * 5)
    (job,) = cluster_jobs(MATCHES, [small], ARTICLES)
    waiting = {match for batch in pair_jobs(MATCHES, [small], ARTICLES) for match, _ in batch.pairs}
    assert set(job.matches) | waiting == set(MATCHES)
    assert not set(job.matches) & waiting
    batch = PairsJob(tuple((match, "a00") for match in job.matches), {i: ARTICLES[i] for i in MEMBERS[:5]})
    assert list(report_cluster(job, CompareRules()).pairs) == number_pairs(batch, CompareRules())


def test_copies_of_one_text_are_numbered_as_if_each_were_another(monkeypatch):
    told = "a union of dock workers in the northern port said on Monday that it would end its strike at noon"
    texts = [told, told, f"{told} and not a day later", told.replace("noon", "dawn"), f"{told} and not a day later"]
    articles = {f"a{n}": make_article(f"a{n}", text, date=f"2024-12-0{n + 1}") for n, text in enumerate(texts)}
    matches = [(Match(a, b, 1.0, 1.0, 0.9), "a0") for a, b in combinations(articles, 2)]
    tiled = []
    monkeypatch.setattr(report, "tile_indexed", lambda a, b: tiled.append(1) or tile_indexed(a, b))
    together = number_pairs(PairsJob(tuple(matches), articles), CompareRules())
    assert len(tiled) == 6
    alone = [number_pairs(PairsJob((match,), articles), CompareRules())[0] for match in matches]
    assert together == alone
