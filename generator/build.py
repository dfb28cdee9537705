"""The whole flow: read, find matches, cluster, compare, page, render, write."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar

from generator.cluster import make_clusters
from generator.compare.readability import load_measures
from generator.compare.report import cluster_jobs, number_pairs, pair_jobs, report_cluster
from generator.engines.base import Engine
from generator.errors import WriteError
from generator.export import export
from generator.found import Found
from generator.outputs import Output, Summary
from generator.overlap import measure_overlaps
from generator.pages.site import make_pages
from generator.prepare import count_sizes
from generator.read.folder import read_folder
from generator.render import (
    check_own,
    make_environment,
    own_digest,
    own_folder,
    render,
    static_outputs,
    templates_folder,
)
from generator.rules import Settings
from generator.settings import list_settings
from generator.values import Corpus, Findings
from generator.write import refuse_foreign, write_site

Item = TypeVar("Item")


class Watch(Protocol):
    """Somebody who is shown how far a stage is."""

    def __call__(self, stage: str, items: Iterable[Item], count: int) -> Iterable[Item]:
        """The items as they pass.

        Args:
            stage: String, the name of the stage.
            items: Iterable.
            count: Integer, how many there are.

        Returns:
            Iterable of the same items.
        """
        ...


def unwatched(stage: str, items: Iterable[Item], count: int) -> Iterable[Item]:  # noqa: ARG001
    """Nobody watches: the items as they are.

    Args:
        stage: String, not read.
        items: Iterable.
        count: Integer, not read.

    Returns:
        The same Iterable.
    """
    return items


_SHAPING = ("numpy", "rapidfuzz", "scipy", "sentencex", "sparse_dot_topn", "textstat", "wordfreq")


def build_site(
    content: Path,
    site: Path,
    settings: Settings,
    engine: Engine,
    *,
    built_on: str = "",
    force: bool = False,
    watch: Watch = unwatched,
) -> Summary:
    """Build the site of a folder of articles.

    Args:
        content: Path of the folder.
        site: Path of the site folder.
        settings: Settings.
        engine: Engine.
        built_on: String, an ISO 8601 date to be shown on the pages, or empty.
        force: Boolean; true replaces a site folder that twicetold did not write.
        watch: Watch.

    Returns:
        Summary.

    Raises:
        ContentError: Where there is nothing to build from.
        EngineError: Where the engine can't run.
        RenderError: Where a template can't be rendered.
        WriteError: Where the site can't be written.
    """
    refuse_overlap(content, site)
    check_own(settings.site.templates)
    if not force:
        refuse_foreign(site)
    corpus = read_folder(content, settings.read)
    found = engine.find_matches(corpus.articles, settings.find)
    findings = compare_all(corpus, found, settings, engine, built_on, watch)
    write_site(make_outputs(findings, settings, watch), site, force)
    clustered = sum(len(report.members) for report in findings.reports)
    return Summary(len(corpus.articles), len(findings.reports), clustered, corpus.left_out, str(site))


def compare_all(
    corpus: Corpus, found: Found, settings: Settings, engine: Engine, built_on: str, watch: Watch
) -> Findings:
    """Cluster the matches that were found, and compare what they join.

    Args:
        corpus: Corpus.
        found: Found.
        settings: Settings.
        engine: Engine.
        built_on: String, an ISO 8601 date, or empty.
        watch: Watch.

    Returns:
        Findings.
    """
    matches = found.matches
    articles = {article.id: article for article in corpus.articles}
    clusters = make_clusters(matches, articles, measure_overlaps, settings.find.threshold)
    for language in sorted({articles[cluster.anchor].language for cluster in clusters}):
        load_measures(language)
    reports = engine.map(partial(report_cluster, rules=settings.compare), cluster_jobs(matches, clusters, articles))
    batches = engine.map(partial(number_pairs, rules=settings.compare), pair_jobs(matches, clusters, articles))
    pairs = watch("Measuring pairs", chain.from_iterable(batches), len(matches))
    version, listed = metadata.version("twicetold"), list_settings(settings)
    return Findings(
        corpus=corpus,
        reports=tuple(
            sorted(
                watch("Comparing", reports, len(clusters)),
                key=lambda r: (-max(c.reuse for c in r.comparisons), r.cluster.anchor),
            )
        ),
        pairs=tuple(sorted(pairs, key=lambda pair: (pair.match.a, pair.match.b))),
        sizes=tuple(zip(articles, engine.map(count_sizes, corpus.articles), strict=True)),
        built_on=built_on,
        build_id=name_build(corpus.digest, listed, version, own_digest(own_folder(settings.site.templates))),
        version=version,
        versions=tuple((name, metadata.version(name)) for name in _SHAPING),
        settings=listed,
    )


def make_outputs(findings: Findings, settings: Settings, watch: Watch) -> Iterator[Output]:
    """All files of the site.

    Args:
        findings: Findings.
        settings: Settings.
        watch: Watch.

    Returns:
        Iterator of Output.
    """
    templates, own = templates_folder(), own_folder(settings.site.templates)
    environment = make_environment(templates, own)
    pages = watch(
        "Writing pages", make_pages(findings, settings.site), sum(len(r.members) for r in findings.reports) + 3
    )
    rendered = (render(page, environment) for page in pages)
    return chain(rendered, export(findings), static_outputs(templates, settings.site.public, own))


def name_build(digest: str, settings: Sequence[tuple[str, str]], version: str, templates: str) -> str:
    """The build id: what the same input, settings, version and own templates share.

    Args:
        digest: String, the digest of the input.
        settings: Sequence of pairs of strings, name and value.
        version: String.
        templates: String, the digest of a user's own templates; empty without any.

    Returns:
        String of 12 hexadecimal digits.
    """
    return hashlib.sha256(json.dumps([digest, list(settings), version, templates]).encode()).hexdigest()[:12]


def refuse_overlap(content: Path, site: Path) -> None:
    """Refuse a site folder that would swallow its own input, or be read as input by the next build.

    Args:
        content: Path.
        site: Path.

    Raises:
        WriteError: Where one folder lies in the other, or both are the same.
    """
    inner, outer = content.resolve(), site.resolve()
    if inner == outer or inner in outer.parents or outer in inner.parents:
        raise WriteError(
            f"the site {site} and the articles {content} may not lie in one another; name another folder with --out"
        )
