"""What every page has around its content, and the pages that hold little else."""

from typing import ClassVar

from generator.findings import Provenance
from generator.frozen import dataclass
from generator.percent import show_bound
from generator.rules import SiteRules
from generator.values import Article

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
"""ISO 639 codes of languages usually written from right to left."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the content of a page.

    Attributes:
        site: String, the site's name.
        public: Boolean; where false, search engines are asked to stay away.
        root: String, the way from the page to the site's root: empty or `../`.
        build_id: String of 12 hexadecimal digits.
        version: String, the version of twicetold.
        built_on: String, an ISO 8601 date, or empty.
        search: Boolean; true where the site has a page that searches the texts.
        alone: Boolean; true for a page that no site stands around, so that it may not lead to other pages.
    """

    site: str
    public: bool
    root: str
    build_id: str
    version: str
    built_on: str
    search: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """An article's title as it is shown.

    Attributes:
        text: String.
        titled: Boolean; false where it is only the opening words of the text.
        lang: String, for the lang attribute; empty where unknown.
        dir: String, for the dir attribute: `ltr`, `rtl` or `auto`.
    """

    text: str
    titled: bool
    lang: str
    dir: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A setting, a version or a digest.

    Attributes:
        name: String.
        value: String.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """The settings of a build.

    Attributes:
        threshold: String, the score that a pair is reported from, such as `27 %`.
        changed: Tuple of Fact, those that differ from their defaults.
        default: Tuple of Fact, the others.
    """

    threshold: str
    changed: tuple[Fact, ...]
    default: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class StubPage:
    """A page that leads to the cluster that holds its article.

    Attributes:
        path: String, where it stands below the site folder.
        frame: Frame.
        target: String, the file name of the cluster's page, in the same folder.
        fragment: String, the article's fragment on that page, without `#`.
        headline: Headline of the article.
    """

    template: ClassVar[str] = "stub.html"
    path: str
    frame: Frame
    target: str
    fragment: str
    headline: Headline


@dataclass(frozen=True, slots=True)
class HowToReadPage:
    """The page that defines each number.

    Attributes:
        path: String, where it stands below the site folder.
        frame: Frame.
        settings: SettingsShown.
    """

    template: ClassVar[str] = "how-to-read.html"
    path: str
    frame: Frame
    settings: SettingsShown


@dataclass(frozen=True, slots=True)
class NotFoundPage:
    """The page a host shows for an address that leads nowhere.

    Attributes:
        path: String, where it stands below the site folder.
        frame: Frame.
    """

    template: ClassVar[str] = "404.html"
    path: str
    frame: Frame


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page that searches the texts of the articles.

    Attributes:
        path: String, where it stands below the site folder.
        frame: Frame.
        articles: Integer, how many can be searched: those in clusters.
    """

    template: ClassVar[str] = "search.html"
    path: str
    frame: Frame
    articles: int


def make_frame(provenance: Provenance, site: SiteRules, root: str) -> Frame:
    """Make the frame of a page.

    Args:
        provenance: Provenance.
        site: SiteRules.
        root: String, the way from the page to the site's root: empty or `../`.

    Returns:
        Frame.
    """
    return Frame(
        site.title, site.public, root, provenance.build_id, provenance.version, provenance.built_on, site.search
    )


def make_headline(article: Article) -> Headline:
    """Make the headline of an article.

    Args:
        article: Article.

    Returns:
        Headline.
    """
    return Headline(article.title, article.titled, *_script_of(article.language))


def make_facts(pairs: tuple[tuple[str, str], ...]) -> tuple[Fact, ...]:
    """Make facts of pairs of strings.

    Args:
        pairs: Tuple of pairs, name and value.

    Returns:
        Tuple of Fact.
    """
    return tuple(Fact(name, value) for name, value in pairs)


def show_settings(provenance: Provenance) -> SettingsShown:
    """Show the settings of a build, those that somebody chose apart from the others.

    Args:
        provenance: Provenance.

    Returns:
        SettingsShown.
    """
    threshold = float(dict(provenance.settings)["find.threshold"])
    changed, default = (
        make_facts(tuple(pair for pair in provenance.settings if (pair[0] in provenance.changed) == chosen))
        for chosen in (True, False)
    )
    return SettingsShown(show_bound(threshold), changed, default)


def _script_of(language: str) -> tuple[str, str]:
    """Give the lang and dir attributes of a language; an unknown one leaves the direction to the browser."""
    if language in ("", "und"):
        return "", "auto"
    return language, "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
