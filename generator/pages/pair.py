"""The page of two articles by themselves: a cluster's page that leads nowhere else."""

from dataclasses import replace

from generator.findings import Provenance
from generator.pages.cluster import ClusterPage, Surroundings, make_cluster_page
from generator.pages.finding import Finding
from generator.pages.frame import make_frame
from generator.rules import SiteRules
from generator.values import Report


def make_pair_page(report: Report, provenance: Provenance, site: SiteRules, reason: str) -> ClusterPage:
    """Make the page of two articles.

    Args:
        report: Report of two articles.
        provenance: Provenance.
        site: SiteRules.
        reason: String, one sentence: why a build would not report the two; empty where it would.

    Returns:
        ClusterPage; where a build would not report the two, its finding says so first.
    """
    frame = replace(make_frame(provenance, site, ""), alone=True)
    page = make_cluster_page(report, Surroundings((), None, None), provenance, frame)
    if not reason:
        return page
    views = tuple(replace(view, verdict="not reported") for view in page.comparisons)
    return replace(page, comparisons=views, finding=Finding(reason, page.finding.evidence, page.finding.direction))
