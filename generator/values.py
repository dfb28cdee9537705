"""The values that pass between rooms, frozen. Offsets are code points into an article's `text`; shares are from 0 to 1."""

from generator.evidence import Direction, Fact, Reading, SetAside
from generator.found import PairNumbers
from generator.frozen import dataclass
from generator.spill import TextElsewhere

Span = tuple[int, int]
"""Two integers, start and end: offsets or indices, half-open."""


@dataclass(frozen=True, slots=True)
class Article(TextElsewhere):
    """One article as it was read.

    Attributes:
        id: String, its slug: lower-case letters, digits, `-`, `_` and `.`; unique in a build, safe in a URL and a file name.
        path: String, POSIX, below the content folder; a row of a table adds `#` and its number, from 1.
        title: String of one line; never empty.
        text: String, what is shown and compared; paragraphs end with line breaks.
        titled: Boolean; false where the title is only the opening words of the text.
        date: String, ISO 8601 (`2024-12-02`), or empty where unknown.
        source: String, who published it, or empty.
        author: String, the byline, or empty.
        language: String, an ISO 639-1 code such as `en`, or `und` where it can't be told.
        url: String, an http or https address, or empty.
        place: String, the place of the dateline, or empty.
        agency: String, the agency that a dateline or credit line names, such as `AP`, or empty.
        archive: Boolean; true where it is only there for new articles to be compared with.
        boilerplate: Tuple of Span, in order, never touching: places of the text that were named as boilerplate.
    """

    id: str
    path: str
    title: str
    text: str
    titled: bool = True
    date: str = ""
    source: str = ""
    author: str = ""
    language: str = "und"
    url: str = ""
    place: str = ""
    agency: str = ""
    archive: bool = False
    boilerplate: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An input that was left out.

    Attributes:
        path: String, POSIX path below the content folder, with `#` and the row's number for a row.
        reason: String of one line: what is wrong and how to mend it.
    """

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read from a content folder, and from archives.

    Attributes:
        articles: Tuple of Article, sorted by id.
        left_out: Tuple of LeftOut, sorted by path.
        digest: String, 64 hexadecimal digits: SHA-256 of all that was read.
        archive: Integer, how many articles of the archive were read; those that match nothing may be gone from `articles`.
    """

    articles: tuple[Article, ...]
    left_out: tuple[LeftOut, ...]
    digest: str
    archive: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article cut into words and sentences.

    Attributes:
        article: Article.
        words: Tuple of strings, NFKC and casefolded, in order.
        spans: Tuple of Span, the offsets of each word.
        weights: Tuple of integers, the weight of each word in multiples of 2**-20.
        sentences: Tuple of Span, the offsets of each sentence, without white space at the ends; in order, never overlapping;
            every word lies in one of them.
        sentence_words: Tuple of Span, the indices of each sentence's words.
    """

    article: Article
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    weights: tuple[int, ...]
    sentences: tuple[Span, ...]
    sentence_words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Further:
    """A further source of an article: what it holds of that the parent does not.

    Attributes:
        copy: String, an id.
        source: String, the id of the further source; it may lie outside the cluster.
        brings: Share of the copy by weight, formula set aside, that stands in this source and in none named before it.
        source_in_copy: Share by weight, the reuse of the source in the copy.
        copy_in_source: Share by weight, the reuse of the copy in the source.
    """

    copy: str
    source: str
    brings: float
    source_in_copy: float
    copy_in_source: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that reuse each other's text.

    Attributes:
        anchor: String, the id of the likely first article; it names the cluster.
        members: Tuple of strings, the ids; the anchor first, then by date, undated ones last, then by id.
        parents: Tuple of strings, for each member the id it most likely took its text from; empty for the anchor, and for a
            member that took from none of the others.
        overlaps: Tuple of tuples of shares: row i, column j is the reuse of member i in member j; 1.0 on the diagonal.
        further: Tuple of Further, in the members' order.
    """

    anchor: str
    members: tuple[str, ...]
    parents: tuple[str, ...]
    overlaps: tuple[tuple[float, ...], ...]
    further: tuple[Further, ...] = ()

    @property
    def guests(self) -> tuple[str, ...]:
        """Tuple of strings: the ids of further sources that lie outside, in the order in which they are drawn on."""
        return tuple(dict.fromkeys(found.source for found in self.further if found.source not in self.members))

    @property
    def strongest(self) -> float:
        """Share: the reuse of the member and its parent that share most."""
        place = {member: index for index, member in enumerate(self.members)}
        edges = [(index, place[parent]) for index, parent in enumerate(self.parents) if parent]
        return max(max(self.overlaps[one][other], self.overlaps[other][one]) for one, other in edges)


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that stands word for word in two articles.

    Attributes:
        source: Integer, index of its first word in the source.
        copy: Integer, index of its first word in the copy.
        length: Integer, number of words.
        moved: Boolean; true where it stands in another order than most of the passages.
    """

    source: int
    copy: int
    length: int
    moved: bool = False


@dataclass(frozen=True, slots=True)
class SentenceLink:
    """Where one sentence of the copy comes from.

    Attributes:
        copy: Integer, index of the copy's sentence.
        origins: Tuple of integers, indices of the source's sentences whose content it restates, ascending; empty for `new`.
        kind: String, `verbatim`, `edited`, `rewritten` or `new`.
        kept: Share of the sentence's words that the diff keeps from its origins.
    """

    copy: int
    origins: tuple[int, ...]
    kind: str
    kept: float


@dataclass(frozen=True, slots=True)
class DiffOp:
    """One run of a diff.

    Attributes:
        op: String: `=` the same characters stand in both; `~` the same words, but case, punctuation or white space differ;
            `-` only in the source; `+` only in the copy.
        source: Span into the source's text, or None for `+`.
        copy: Span into the copy's text, or None for `-`.
    """

    op: str
    source: Span | None
    copy: Span | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Sentences of the copy beside the source's sentences that they restate: one row of a comparison.

    Every sentence of either text stands in exactly one segment. Taken together the `copy` spans of all ops, in order,
    tile the copy's text; the `source` spans, sorted, tile the source's text.

    Attributes:
        kind: String, `verbatim`, `edited`, `rewritten`, `new`, or `dropped` for source sentences that nothing took.
        source: Tuple of integers, indices of the source's sentences; empty for `new`.
        copy: Tuple of integers, indices of the copy's sentences; empty for `dropped`.
        also: Tuple of integers, source sentences shown in another segment that this one draws on too.
        ops: Tuple of DiffOp.
        kept: Share of the copy's words in this segment that its ops keep.
        interleaved: Boolean; false where so little is kept that the two versions read better one after the other.
        moved: Boolean; true where the source's sentences stand in another order.
        key: String of 10 hexadecimal digits, a hash of both sides; unique in its comparison.
    """

    kind: str
    source: tuple[int, ...]
    copy: tuple[int, ...]
    also: tuple[int, ...]
    ops: tuple[DiffOp, ...]
    kept: float
    interleaved: bool
    moved: bool
    key: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One article beside the article it most likely took its text from.

    Attributes:
        source: String, the id of the article shown as the source.
        copy: String, the id of the article shown as the copy.
        direction: Direction; its source is empty where the evidence does not tell which was first.
        score: Share that decided whether the pair is reported; None where it is not, and only others join the two.
        source_in_copy: Share by weight, the reuse of the source in the copy.
        copy_in_source: Share by weight, the reuse of the copy in the source.
        source_verbatim: Share of the source's words that lie in passages.
        copy_verbatim: Share of the copy's words that lie in passages.
        longest_passage: Integer, words in the longest passage; 0 without one.
        verdict: String, `identical`, `near-copy`, `light-revision` or `heavy-revision`.
        passages: Tuple of Passage, in the copy's order.
        links: Tuple of SentenceLink, one for each sentence of the copy, in order.
        dropped: Tuple of integers, the source's sentences that nothing took, ascending.
        segments: Tuple of Segment, in the copy's order, dropped ones where the source had them.
        facts: Tuple of Fact, by kind and place.
        reading: Reading, or None where readability was not measured.
        brings: Share as in Further where the source is a further one; None where it is the parent.
    """

    source: str
    copy: str
    direction: Direction
    score: float | None
    source_in_copy: float
    copy_in_source: float
    source_verbatim: float
    copy_verbatim: float
    longest_passage: int
    verdict: str
    passages: tuple[Passage, ...]
    links: tuple[SentenceLink, ...]
    dropped: tuple[int, ...]
    segments: tuple[Segment, ...]
    facts: tuple[Fact, ...] = ()
    reading: Reading | None = None
    brings: float | None = None

    @property
    def name(self) -> str:
        """String, unique in a cluster: the copy's id, with the source's where that is a further one."""
        return self.copy if self.brings is None else f"{self.copy}~{self.source}"

    @property
    def reuse(self) -> float:
        """Share: the reuse of the shorter, by weight, in the longer."""
        return max(self.source_in_copy, self.copy_in_source)


Measure = tuple[str, float | int | str | None]
"""A readability measure: textstat's name for it, and its value; None where textstat has none for the language."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article inside a cluster.

    Attributes:
        prepared: Prepared.
        parent: String, the id it most likely took its text from; empty for the anchor.
        readability: Tuple of Measure, in the order of the data files.
        set_aside: SetAside, or None where nothing of it is formula.
    """

    prepared: Prepared
    parent: str
    readability: tuple[Measure, ...]
    set_aside: SetAside | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known of one cluster.

    Attributes:
        cluster: Cluster.
        members: Tuple of Member, in the cluster's order.
        comparisons: Tuple of Comparison, one for each member that has a parent, in the cluster's order.
        further: Tuple of Comparison, members beside their further sources, in the cluster's order.
        guests: Tuple of Member: further sources that lie outside the cluster, in the order in which they are drawn on.
        pairs: Tuple of PairNumbers, of the reported pairs of its members; empty for a large cluster, numbered apart.
    """

    cluster: Cluster
    members: tuple[Member, ...]
    comparisons: tuple[Comparison, ...]
    further: tuple[Comparison, ...] = ()
    guests: tuple[Member, ...] = ()
    pairs: tuple[PairNumbers, ...] = ()
