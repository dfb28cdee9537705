"""What leaves the program: the files of a site, and what a build says of itself; frozen."""

from generator.frozen import dataclass
from generator.values import LeftOut


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site.

    Attributes:
        path: String, POSIX path below the site folder.
        content: Bytes.
    """

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did.

    Attributes:
        articles: Integer, how many new ones were compared.
        clusters: Integer.
        clustered: Integer, new articles in clusters.
        left_out: Tuple of LeftOut.
        site: String, where the site is.
        archive: Integer, how many archived articles they were compared with.
        ignored: Integer, how many pairs the rules left out, as in Found.
        names: Tuple of strings, one line each: where hidden names still stand, for the one who builds and for nobody else.
    """

    articles: int
    clusters: int
    clustered: int
    left_out: tuple[LeftOut, ...]
    site: str
    archive: int = 0
    ignored: int = 0
    names: tuple[str, ...] = ()
