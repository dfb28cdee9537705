"""What a build found, before its clusters are told one by one; frozen."""

from generator.found import CommonPassage, Formula, Match
from generator.frozen import dataclass
from generator.reviews import UNREVIEWED, Reviewed
from generator.values import Cluster, Corpus, Span


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a site was made.

    Attributes:
        digest: String, 64 hexadecimal digits, of the input.
        build_id: String of 12 hexadecimal digits: digest of input, settings and version.
        built_on: String, an ISO 8601 date where the caller gave one, else empty.
        version: String, the version of twicetold.
        versions: Tuple of pairs of strings, name and version of each library that shapes the result.
        settings: Tuple of pairs of strings, name and value of each setting.
        changed: Tuple of strings, the names of the settings that differ from their defaults.
    """

    digest: str
    build_id: str
    built_on: str
    version: str
    versions: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands in one article.

    Attributes:
        article: String, its id.
        span: Span of the passage, as offsets.
        context: Span of the sentences it stands in, with one more on either side.
        share: Share of the article's words that the passage is.
    """

    article: str
    span: Span
    context: Span
    share: float


@dataclass(frozen=True, slots=True)
class PlacedPassage:
    """A passage in common, and where it can be read.

    Attributes:
        passage: CommonPassage.
        a: Place in the first article.
        b: Place in the other.
    """

    passage: CommonPassage
    a: Place
    b: Place


@dataclass(frozen=True, slots=True)
class NamesLeft:
    """How far hidden names can still be read; it names none.

    Attributes:
        texts: Integer, articles in whose text names, addresses or lines of credits stand.
        titles: Integer, articles in whose title names stand.
        notes: Integer, notes of reviewers that were left out, since names stand in them.
    """

    texts: int
    titles: int
    notes: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What a build found, before the clusters are told one by one.

    Attributes:
        corpus: Corpus.
        clusters: Tuple of Cluster; the strongest reuse first, then by id.
        matches: Tuple of Match, sorted by the ids.
        formula: Tuple of Formula, of the articles of these matches.
        sizes: Dictionary from the id of each article outside of clusters to its numbers of words and sentences.
        provenance: Provenance.
        ignored: Integer, how many pairs the rules left out, as in Found.
        passages: Tuple of PlacedPassage, of articles that are in no cluster together; the longest first, then by the ids.
        reviewed: Reviewed, what reviewers said of the articles.
        names_left: NamesLeft, or None where names were not hidden.
        frequent: Integer, words and word pairs that too many articles hold to weigh anything.
    """

    corpus: Corpus
    clusters: tuple[Cluster, ...]
    matches: tuple[Match, ...]
    formula: tuple[Formula, ...]
    sizes: dict[str, tuple[int, int]]
    provenance: Provenance
    ignored: int = 0
    passages: tuple[PlacedPassage, ...] = ()
    reviewed: Reviewed = UNREVIEWED
    names_left: NamesLeft | None = None
    frequent: int = 0

    @property
    def new(self) -> int:
        """Integer: articles that are not archived."""
        return sum(not article.archive for article in self.corpus.articles)

    @property
    def homes(self) -> dict[str, str]:
        """Dictionary from the id of each article in a cluster to the id of the cluster."""
        return {member: cluster.anchor for cluster in self.clusters for member in cluster.members}

    @property
    def readable(self) -> frozenset[str]:
        """Set of strings: the ids of articles whose texts, or passages of these, are shown."""
        guests = (guest for cluster in self.clusters for guest in cluster.guests)
        sides = (side.article for placed in self.passages for side in (placed.a, placed.b))
        return frozenset((*self.homes, *guests, *sides))

    @property
    def clustered(self) -> int:
        """Integer: articles in clusters that are not archived."""
        inside = self.homes
        return sum(article.id in inside and not article.archive for article in self.corpus.articles)
