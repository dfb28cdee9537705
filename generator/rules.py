"""Settings as frozen values, one class for each part of the flow that obeys them."""

from dataclasses import dataclass, field
from datetime import date

from generator.errors import SettingsError

SAME = ("source", "author", "folder")
"""What two articles may have in common so that their pair is left out."""


@dataclass(frozen=True, slots=True)
class ReadRules:
    """What is too large to be read, and what is an archive.

    Attributes:
        max_bytes: Integer from 1 up, in bytes: a larger file, or a larger row of a table, is left out.
        against: Tuple of strings, folders of articles that are only there for new ones to be compared with.
        since: String, ISO 8601, or empty: an article that is dated before this day is archived too.
    """

    max_bytes: int = 20 * 2**20
    against: tuple[str, ...] = ()
    since: str = ""

    def __post_init__(self) -> None:
        """Raise SettingsError where a value is out of its range."""
        if self.max_bytes < 1:
            raise SettingsError(f"max_bytes is {self.max_bytes}; it must be a whole number from 1 up, such as 20971520")
        if self.since and not _is_day(self.since):
            raise SettingsError(f"since is {self.since!r}; it must be a day, such as 2024-12-02")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class FindRules:
    """What counts as a match.

    Attributes:
        threshold: Float above 0 and at most 1: a pair is reported from this score on.
        ignore_same: Tuple of strings of SAME: a pair whose articles agree in one of these is left out.
    """

    threshold: float = 0.27
    ignore_same: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise SettingsError where a value is out of its range."""
        if not 0 < self.threshold <= 1:
            raise SettingsError(f"threshold is {self.threshold:g}; it must be above 0 and at most 1, such as 0.3")
        for name in self.ignore_same:
            if name not in SAME:
                raise SettingsError(f"ignore_same is {name!r}; it must be any of {', '.join(SAME)}")


@dataclass(frozen=True, slots=True)
class CompareRules:
    """How two articles are compared.

    Attributes:
        min_passage: Integer from 1 up, in words: shorter runs of shared words are no verbatim passage.
    """

    min_passage: int = 5

    def __post_init__(self) -> None:
        """Raise SettingsError where a value is out of its range."""
        if self.min_passage < 1:
            raise SettingsError(f"min_passage is {self.min_passage}; it must be a whole number from 1 up, such as 5")


@dataclass(frozen=True, slots=True)
class SiteRules:
    """How the site presents itself.

    Attributes:
        title: String, the site's name on every page.
        public: Boolean; where false, pages and robots.txt ask search engines to stay away.
        templates: String, the folder of templates that stand in for built-in ones, or `built-in`.
        search: Boolean; true makes an index of the texts and a page that searches it.
        reviews: String, the folder of reviewers' marks, `beside` for `reviews/` beside the articles, or `none`.
    """

    title: str = "Twicetold"
    public: bool = False
    templates: str = "built-in"
    search: bool = False
    reviews: str = "beside"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one build.

    Attributes:
        read: ReadRules.
        find: FindRules.
        compare: CompareRules.
        site: SiteRules.
    """

    read: ReadRules = field(default_factory=ReadRules)
    find: FindRules = field(default_factory=FindRules)
    compare: CompareRules = field(default_factory=CompareRules)
    site: SiteRules = field(default_factory=SiteRules)
