"""Findings that page tests are made of, found by the real flow in made-up articles."""

import random
from dataclasses import dataclass, replace
from pathlib import Path

from generator.compare.report import cluster_jobs, number_pairs, pair_jobs, report_cluster
from generator.engines.registry import make_engine
from generator.export import export_cluster, export_tables, make_entry
from generator.findings import Findings
from generator.making import find_all
from generator.pages.listing import make_cluster_row
from generator.pages.site import find_surroundings, make_cluster_pages, make_other_pages
from generator.rules import Settings
from generator.values import Corpus, LeftOut, Report
from tests.articles import REWRITE, UNRELATED, WIRE, invent, make_article, reword, rewrite, tell
from tests.test_formula import notice

HOSTILE = '<script>document.title="run"</script><img src=x onerror=alert(1)> "quoted" & \'more\''
HEBREW = "ראש העיר הודיע היום כי הנמל ייסגר לשבועיים בשל עבודות תחזוקה. העובדים דורשים פיצוי מלא. הספינות יופנו לחיפה."
CHINESE = "市长今天宣布,港口将因维修工程关闭两周。工人要求全额赔偿。船只将改道前往上海。"


@dataclass(frozen=True)
class Whole:
    """Findings, with the reports of their clusters."""

    findings: Findings
    reports: tuple[Report, ...]


def make_pages(whole, rules):
    """Every page of a site, the index first."""
    index, *others = make_other_pages(whole.findings, [make_cluster_row(report) for report in whole.reports], rules)
    yield index
    for report, surroundings in zip(whole.reports, find_surroundings(whole.findings), strict=True):
        yield from make_cluster_pages(report, surroundings, whole.findings.provenance, rules)
    yield from others


def export(whole):
    """Every data file of a site."""
    findings = whole.findings
    articles = {article.id: article for article in findings.corpus.articles}
    pairs = [pair for report in whole.reports for pair in report.pairs]
    for job in pair_jobs(findings.matches, findings.clusters, articles):
        pairs += number_pairs(job, Settings().compare)
    yield from map(export_cluster, whole.reports)
    yield from export_tables(findings, [make_entry(report) for report in whole.reports], pairs)


def find(articles, left_out=()):
    """What is found in articles."""
    ordered = tuple(sorted(articles, key=lambda article: article.id))
    corpus = Corpus(ordered, tuple(left_out), "0" * 64)
    engine, settings = make_engine("local"), Settings()
    found = engine.find_matches(ordered, settings.find)
    findings = find_all(corpus, found, settings, engine, "2024-12-31")
    jobs = cluster_jobs(found.matches, findings.clusters, {article.id: article for article in ordered}, found.formula)
    return Whole(findings, tuple(report_cluster(job, settings.compare) for job in jobs))


def two():
    """A wire story and its rewrite."""
    wire = make_article(
        "wire", WIRE, title="Dock workers walk out", date="2024-03-05", agency="AP", source="Harbour News"
    )
    return [wire, make_article("rewrite", REWRITE, title="Dock workers stop work over night shifts")]


def read_news(words=500):
    """A news text of that many words, made of the sentences of the sample."""
    sample = Path(__file__).parent.parent / "content"
    told = " ".join(path.read_text(encoding="utf-8") for path in sorted(sample.iterdir())).split()
    return " ".join(told[:words])


def retell(text, part, seed):
    """The text with a part of its words replaced by others of it."""
    chance = random.Random(seed)
    words = text.split()
    plain = [word for word in words if word.isalpha()]
    return " ".join(chance.choice(plain) if chance.random() < part else word for word in words)


def many_clusters(number):
    """Findings of that many clusters of two, each with a title, sources, dates and shares of its own."""
    found = find(two())
    (report,) = found.reports
    reports = [_renamed(report, place) for place in range(number)]
    return _whole(found, reports)


def _whole(found, reports):
    """Findings as if they held these reports and nothing else."""
    articles = tuple(member.prepared.article for report in reports for member in report.members)
    corpus = replace(found.findings.corpus, articles=articles)
    clusters = tuple(report.cluster for report in reports)
    return Whole(replace(found.findings, corpus=corpus, clusters=clusters), tuple(reports))


def _renamed(report, place):
    """A report as if it were of other articles."""
    (comparison,) = report.comparisons
    names = {name: f"{name}-{place:04}" for name in report.cluster.members}
    members = tuple(
        replace(
            member,
            parent=names.get(member.parent, ""),
            prepared=replace(member.prepared, article=_retitled(member.prepared.article, names, place + 7 * index)),
        )
        for index, member in enumerate(report.members)
    )
    cluster = replace(
        report.cluster, anchor=names[report.cluster.anchor], members=tuple(names.values()), parents=("", names["wire"])
    )
    told = replace(
        comparison,
        source=names[comparison.source],
        copy=names[comparison.copy],
        copy_in_source=1 - place / 1500,
        source_in_copy=0.2,
        direction=replace(comparison.direction, source=names[comparison.source], voices=()),
    )
    return replace(report, cluster=cluster, members=members, comparisons=(told,))


def _retitled(article, names, place):
    return replace(
        article,
        id=names[article.id],
        path=f"desk/{names[article.id]}.txt",
        title=invent(f"title {place}", 9),
        source=f"The {invent(f'source {place % 40}', 2)[:-1].title()}",
        date=f"20{place % 24:02}-{place % 12 + 1:02}-{place % 28 + 1:02}",
    )


def reprints(number):
    """Findings of a cluster of that many near copies of 500 words; sixty are compared, the others stand in for more."""
    story = read_news()
    made = [
        make_article(
            f"reprint-{n:02}", retell(story, 0.02, n), date=f"2024-03-{n % 28 + 1:02}", title=invent(f"t{n}", 9)
        )
        for n in range(61)
    ]
    found = find(made)
    (report,) = found.reports
    by_copy = {comparison.copy: comparison for comparison in report.comparisons}
    members, comparisons = list(report.members), list(report.comparisons)
    for place in range(len(members), number):
        member = report.members[1 + place % 60]
        article = member.prepared.article
        another = replace(article, id=f"{article.id}-{place}", path=f"{article.id}-{place}.txt")
        members.append(replace(member, prepared=replace(member.prepared, article=another)))
        comparisons.append(replace(by_copy[article.id], copy=another.id))
    ids = tuple(member.prepared.article.id for member in members)
    cluster = replace(report.cluster, members=ids, parents=tuple(member.parent for member in members))
    return _whole(found, [replace(report, cluster=cluster, members=tuple(members), comparisons=tuple(comparisons))])


def every_state():
    """A small corpus that brings out every state of every page."""
    story = invent("story", 160)
    family = [make_article(f"family-{n}", reword(story, n / 20, n), date=f"2024-01-0{n + 1}") for n in range(5)]
    evil = f"{invent('evil', 60)} {HOSTILE} {invent('evil-2', 30)}"
    hostile = [
        make_article("evil-1", evil, title=HOSTILE, source=HOSTILE, author=HOSTILE, url="https://example.org/?a=1&b=2"),
        make_article("evil-2", reword(evil, 0.1, 1), title=HOSTILE * 4),
    ]
    scripts = [
        make_article(f"{name}-{n}", text, language=code, title=text[:40])
        for name, code, text in (("hebrew", "he", HEBREW), ("chinese", "zh", CHINESE))
        for n in (1, 2)
    ]
    twins = [make_article(f"twin-{n}", invent("twin", 90), titled=False, language="und") for n in (1, 2, 3)]
    single = make_article("glacier", UNRELATED)
    mixed = [make_article(f"own-{n}", " ".join(tell(n)), date=f"2024-03-0{n}") for n in (1, 2)]
    mixed.append(make_article("mixture", " ".join([*tell(1)[:5], *tell(2)[:5], *tell(3, 1)]), date="2024-03-09"))
    retold = [
        make_article(f"told-{n}", " ".join(rewrite(tell(4), n / 40, n)), date=f"2024-04-0{n + 1}") for n in range(6)
    ]
    retold.append(make_article("guest", " ".join(tell(5)), date="2024-04-02"))
    retold.append(make_article("taker", " ".join([*tell(4)[:7], *tell(5)[:5]]), date="2024-04-09"))
    notices = [make_article(f"notice-{n}", notice(n)) for n in range(8)]
    notices += [make_article(f"payer-{n}", f"{notice(3)} {' '.join(rewrite(tell(6), n / 20, n))}") for n in (0, 1)]
    lifted = [make_article("lifted-1", " ".join([*tell(7, 20), *tell(8, 3), *tell(9, 20)]), title="A long report")]
    lifted.append(make_article("lifted-2", " ".join([*tell(10, 24), *tell(8, 3), *tell(11, 24)]), title=HOSTILE))
    lifted.append(make_article("lifted-3", " ".join([*tell(7, 18), *tell(8, 3), *tell(9, 19)])))
    left_out = (LeftOut("broken/<b>.txt", "it is empty; add text or remove it"),)
    return find([*two(), *family, *hostile, *scripts, *twins, *mixed, *retold, *notices, *lifted, single], left_out)
