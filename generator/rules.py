"""Settings as frozen values, one class for each part of the flow that obeys them."""

import re
from datetime import date

from generator.errors import SettingsError
from generator.frozen import dataclass

SAME = ("source", "author", "folder")
"""What two articles may have in common so that their pair is left out."""

SHORTEST_KEY = 16
"""Characters of a secret."""

# The highest number of bytes or rows that every part of Python takes.
_HIGHEST = 2**31 - 2
# Each limit with its usual value and its highest.
_READ_LIMITS = {
    "max_bytes": (20 * 2**20, _HIGHEST),
    "max_rows": (1_000_000, _HIGHEST),
    "max_table_bytes": (2 * 2**30, 2**62),
    "max_depth": (64, 500),
    "max_seconds": (60, 86_400),
}


def _require(name: str, value: int, usual: int, most: int = _HIGHEST) -> None:
    if not 1 <= value <= most:
        span = f"from 1 up, such as {usual}" if value < 1 else f"from 1 to {most}, such as {usual}"
        raise SettingsError(f"{name} is {value}; it must be a whole number {span}")


@dataclass(frozen=True, slots=True)
class ReadRules:
    """What is read, what is too much of it, and what is an archive.

    Attributes:
        max_bytes: Integer from 1 up, in bytes: a larger file, or a larger row of a table, is left out.
        max_rows: Integer from 1 up: rows of one table that are read; the rest is left out.
        max_table_bytes: Integer from 1 up, in bytes, unpacked: what is read of one table; the rest is left out.
        max_depth: Integer from 1 up: folders inside one another that are looked into.
        max_seconds: Integer from 1 up, seconds of processor time that the reading of one file may take.
        outside_links: Boolean; true follows links that lead out of the content folder.
        against: Tuple of strings, folders of articles that are only there for new ones to be compared with.
        since: String, ISO 8601, or empty: an article that is dated before this day is archived too.
    """

    max_bytes: int = 20 * 2**20
    max_rows: int = 1_000_000
    max_table_bytes: int = 2 * 2**30
    max_depth: int = 64
    max_seconds: int = 60
    outside_links: bool = False
    against: tuple[str, ...] = ()
    since: str = ""

    def __post_init__(self) -> None:
        """Raise SettingsError where a value is out of its range."""
        for name, (usual, most) in _READ_LIMITS.items():
            _require(name, getattr(self, name), usual, most)
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
        boilerplate: String, a file of texts that weigh nothing, or empty.
        most_holders: Integer from 1 up: a word or word pair that more articles of a language hold weighs nothing.
    """

    threshold: float = 0.27
    ignore_same: tuple[str, ...] = ()
    boilerplate: str = ""
    most_holders: int = 20_000

    def __post_init__(self) -> None:
        """Raise SettingsError where a value is out of its range."""
        _require("most_holders", self.most_holders, 20_000)
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
        max_fact_words: Integer from 1 up: facts are told only of articles that have no more words than this.
    """

    min_passage: int = 5
    max_fact_words: int = 20_000

    def __post_init__(self) -> None:
        """Raise SettingsError where a value is out of its range."""
        _require("min_passage", self.min_passage, 5)
        _require("max_fact_words", self.max_fact_words, 20_000)


@dataclass(frozen=True, slots=True)
class SiteRules:
    """How the site presents itself.

    Attributes:
        title: String, the site's name on every page.
        public: Boolean; where false, pages and robots.txt ask search engines to stay away.
        templates: String, the folder of templates that stand in for built-in ones, or `built-in`.
        search: Boolean; true makes an index of the texts and a page that searches it.
        reviews: String, the folder of reviewers' marks, `beside` for `reviews/` beside the articles, or `none`.
        anonymise: Boolean; true shows neutral names for sources, authors, agencies, reviewers, files and ids.
        anonymise_key: String, a secret that neutral ids are made with, or empty; it is shown nowhere.
    """

    title: str = "Twicetold"
    public: bool = False
    templates: str = "built-in"
    search: bool = False
    reviews: str = "beside"
    anonymise: bool = False
    anonymise_key: str = ""

    def __post_init__(self) -> None:
        """Raise SettingsError where a value is out of its range."""
        if 0 < len(self.anonymise_key) < SHORTEST_KEY:
            raise SettingsError(
                f"anonymise_key has {len(self.anonymise_key)} characters; it must have {SHORTEST_KEY} or more, so that"
                " nobody can guess it, such as what `openssl rand -hex 16` prints"
            )


ENGINES = ("local", "spark")
"""Where a build can be run."""

_MEMORY = re.compile(r"[1-9][0-9]*[kmgt]", re.ASCII)
_OPTION = re.compile(r"(spark\.[\w.-]+)=(.+)", re.ASCII)
# Spark's own pattern of the names whose values it shows nowhere (spark.redaction.regex).
_SECRET = re.compile(r"secret|password|token|access[.]?key", re.IGNORECASE)


def is_secret(option: str) -> bool:
    """Whether a setting of Spark is one whose value nobody else may see.

    Args:
        option: String, its name.

    Returns:
        Boolean.
    """
    return bool(_SECRET.search(option))


@dataclass(frozen=True, slots=True)
class RunRules:
    """Where the work is done. The site is the same wherever.

    Attributes:
        engine: String of ENGINES.
        master: String, the master of a Spark cluster, such as `spark://host:7077`; `local[*]` is this machine with all cores.
        memory: String, a whole number and `k`, `m`, `g` or `t`: the memory of each executor.
        partitions: Integer from 0 up: pieces that work is cut into at least; 0 lets the engine choose.
        options: Tuple of strings, other settings of Spark: a name that begins with `spark.`, `=` and its value.
    """

    engine: str = "local"
    master: str = "local[*]"
    memory: str = "2g"
    partitions: int = 0
    options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise SettingsError where a value is out of its range."""
        if self.engine not in ENGINES:
            raise SettingsError(f"engine is {self.engine!r}; it must be any of {', '.join(ENGINES)}")
        if not self.master.strip():
            raise SettingsError("master is empty; it must be a master of Spark, such as local[*] or spark://host:7077")
        if not _MEMORY.fullmatch(self.memory):
            raise SettingsError(f"memory is {self.memory!r}; it must be a whole number and k, m, g or t, such as 2g")
        if self.partitions:
            _require("partitions", self.partitions, 64)
        for option in self.options:
            if not _OPTION.fullmatch(option):
                name = option.partition("=")[0]
                raise SettingsError(f"options has {name!r}; it must be a setting of Spark, such as spark.cores.max=8")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one build.

    Attributes:
        read: ReadRules.
        find: FindRules.
        compare: CompareRules.
        site: SiteRules.
        run: RunRules.
    """

    read: ReadRules = ReadRules()
    find: FindRules = FindRules()
    compare: CompareRules = CompareRules()
    site: SiteRules = SiteRules()
    run: RunRules = RunRules()
