"""News agencies: the names that datelines, bylines and credit lines call them by."""

import re

_NAMES = {
    "AA": "aa|anadolu|anadolu agency",
    "AAP": "aap|australian associated press",
    "AFP": "afp|agence france-presse|agence france presse",
    "ANI": "ani",
    "ANP": "anp",
    "ANSA": "ansa",
    "AP": "ap|associated press|the associated press",
    "APA": "apa",
    "ATS": "ats",
    "Belga": "belga",
    "Bloomberg": "bloomberg|bloomberg news",
    "CNA": "cna",
    "CP": "cp|canadian press|the canadian press",
    "dpa": "dpa|deutsche presse-agentur",
    "EFE": "efe|agencia efe",
    "IANS": "ians",
    "Interfax": "interfax",
    "IRNA": "irna",
    "Kyodo": "kyodo|kyodo news",
    "Lusa": "lusa",
    "NTB": "ntb",
    "PA": "pa|pa media|press association|the press association",
    "PTI": "pti|press trust of india",
    "Reuters": "reuters|reuter",
    "Ritzau": "ritzau",
    "RNS": "rns|religion news service",
    "SANA": "sana",
    "SDA": "sda|keystone-sda",
    "TASS": "tass|itar-tass",
    "TT": "tt",
    "UPI": "upi|united press international",
    "WAM": "wam",
    "Xinhua": "xinhua|xinhua news agency",
    "Yonhap": "yonhap|yonhap news agency",
}
_BY_NAME = {spelling: agency for agency, spellings in _NAMES.items() for spelling in spellings.split("|")}

AGENCY = "|".join(sorted(map(re.escape, _BY_NAME), key=lambda spelling: (-len(spelling), spelling)))
"""String, a regular expression for any spelling of any agency, the longest first; needs IGNORECASE."""


def agency_named(spelling: str) -> str:
    """Give an agency's usual name.

    Args:
        spelling: String, such as `The Associated Press` or `dpa/tmn`.

    Returns:
        String, such as `AP`, or empty where the agency isn't known.
    """
    first = spelling.split("/")[0]
    return _BY_NAME.get(" ".join(first.split()).casefold(), "")


def spellings(name: str) -> tuple[str, ...]:
    """Give the names of several words that an agency goes by.

    Args:
        name: String, any of its names.

    Returns:
        Tuple of strings in lower case; empty where the agency isn't known or has one short name.
    """
    agency = agency_named(name)
    return tuple(spelling for spelling in _NAMES[agency].split("|") if " " in spelling) if agency else ()
