"""Sources, authors and reviewers: whose an article is, and when two names are one; pure."""

import re
import unicodedata

from generator.read.agencies import agency_named
from generator.values import Article


def fold_name(name: str) -> str:
    """Give the form in which names are compared: whatever their case and spacing, and however their accents are written.

    Args:
        name: String.

    Returns:
        String, casefolded, in NFC; empty where the name is.
    """
    # An accent may be a code point of its own, and casefolding may leave it so.
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFD", name).casefold().split()))


def fold_source(name: str) -> str:
    """Give the form in which sources and agencies are compared: an agency is one, by whichever of its names.

    Args:
        name: String, such as `The Associated Press`.

    Returns:
        String, folded as `fold_name` does; empty where the name is.
    """
    return fold_name(agency_named(name) or name)


def names_agency(source: str, agency: str) -> bool:
    """Whether a source is an agency, or names it, as `AP Newswire` does.

    Args:
        source: String.
        agency: String.

    Returns:
        Boolean.
    """
    whole, part = fold_source(source), fold_source(agency)
    return whole == part or bool(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", fold_name(source)))


def source_of(article: Article) -> str:
    """Give the source of an article: the one it names, else the agency that it credits.

    Args:
        article: Article.

    Returns:
        String, empty where neither is known.
    """
    return article.source or article.agency
