"""One cluster, from its articles to its files: compared, laid out as pages, rendered. Engines run this where they like."""

from collections.abc import Iterable
from pathlib import Path

from generator.compare.report import ClusterJob, report_cluster
from generator.export import Entry, export_cluster, make_entry
from generator.findings import Provenance
from generator.found import PairNumbers
from generator.frozen import dataclass
from generator.outputs import Output
from generator.pages.cluster import Surroundings
from generator.pages.listing import ClusterRow, make_cluster_row
from generator.pages.site import Page, make_cluster_pages
from generator.render import make_environment, render
from generator.rules import Settings
from generator.template_folders import templates_folder

Folders = tuple[Path, Path | None]
"""Two paths: the built-in templates, and a user's own ones or None."""


@dataclass(frozen=True, slots=True)
class Task:
    """What telling one cluster takes.

    Attributes:
        job: ClusterJob.
        surroundings: Surroundings.
    """

    job: ClusterJob
    surroundings: Surroundings


@dataclass(frozen=True, slots=True)
class Told:
    """A cluster told.

    Attributes:
        outputs: Tuple of Output: its page, the stubs of its members, its data.
        row: ClusterRow, for the index.
        entry: Entry, for the tables.
        pairs: Tuple of PairNumbers, as in its Report.
    """

    outputs: tuple[Output, ...]
    row: ClusterRow
    entry: Entry
    pairs: tuple[PairNumbers, ...]


def tell(task: Task, provenance: Provenance, settings: Settings, folders: Folders) -> Told:
    """Compare the articles of a cluster and make its files.

    Args:
        task: Task.
        provenance: Provenance.
        settings: Settings.
        folders: Folders.

    Returns:
        Told.

    Raises:
        RenderError: Where a template can't be rendered.
    """
    report = report_cluster(task.job, settings.compare)
    pages = make_cluster_pages(report, task.surroundings, provenance, settings.site)
    outputs = (*render_pages(pages, folders), export_cluster(report))
    return Told(outputs, make_cluster_row(report), make_entry(report), report.pairs)


def render_pages(pages: Iterable[Page], folders: Folders) -> tuple[Output, ...]:
    """Render pages.

    Args:
        pages: Iterable of Page.
        folders: Folders.

    Returns:
        Tuple of Output.

    Raises:
        RenderError: Where a template can't be rendered.
    """
    built_in, own = folders
    # A worker on another machine may have them elsewhere.
    environment = make_environment(built_in if built_in.is_dir() else templates_folder(), own)
    return tuple(render(page, environment) for page in pages)
