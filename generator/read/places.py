"""What stands where a dateline has its place: whether it is one, and how running text writes it."""

import re

_NO_PLACE_WORDS = """
a abstract advisory alert an analysis and asean background breaking chapter corrected correction covid editorial editor esa
exclusive explainer fact factbox feature fifa from ibm in interview introduction it latest live nasa nato news note oecd opec
opinion osce part photos poll profile question quote report review section sport sports story summary that the this timeline
title uefa unesco unhcr unicef update urgent video warning watch we what when why yes you
"""
_FIRST_WORDS = """
abu addis baton buenos cape colorado corpus dar des east el fort ft. grand guatemala ho hong jersey kansas kuala kuwait la las
little long los mexico mount new north oklahoma palm panama phnom port quebec rio saint salt san santa santo sao são sioux
south sri st. ste. tel united vatican virginia west
"""
_SMALL_WORDS = "al am and au aux da das de del der des di do dos du e el en im in la le les of on sur the upon y"

_NO_PLACE = frozenset(_NO_PLACE_WORDS.split())
_FIRST_OF_SEVERAL = frozenset(_FIRST_WORDS.split())
_SMALL = frozenset(_SMALL_WORDS.split())
_FEWEST_LETTERS = 4
_INITIALS = re.compile(r"(?:\w\.)+")
_OF = ("D'", "D’")
_SECOND_CAPITAL = re.compile(r"^\w['’]\w")


def may_be_place(words: str) -> bool:
    """Tell whether words that a day or an agency follows can be a place.

    Args:
        words: String, such as `NEW YORK`.

    Returns:
        Boolean; false where one of them opens headings or names what is no place, such as `UPDATE` or `NATO`.
    """
    return _NO_PLACE.isdisjoint(re.split(r"[\s/]+", words.casefold()))


def is_place_alone(capitals: str) -> bool:
    """Tell whether words in capitals are a place, though nothing but a dash follows them.

    Args:
        capitals: String, such as `NEW YORK`; a heading such as `MARKET REPORT` looks alike.

    Returns:
        Boolean; true for one word of four letters or more that may be a place, for places joined by a slash, and for
        several words of which the first opens the names of places.
    """
    words = capitals.casefold().split()
    one = len(words) == 1 and sum(map(str.isalpha, capitals)) >= _FEWEST_LETTERS
    return may_be_place(capitals) and (one or "/" in capitals or words[0] in _FIRST_OF_SEVERAL)


def in_running_text(name: str) -> str:
    """Write a name as running text does, where it stands in capitals.

    Args:
        name: String, such as `RIO DE JANEIRO`.

    Returns:
        String, such as `Rio de Janeiro`; initials such as `N.Y.`, and words that have small letters already, stay.
    """
    parts = re.split(r"([\s/-]+)", name)
    return "".join(_cased(part, opens=index == 0) for index, part in enumerate(parts))


def _cased(word: str, opens: bool) -> str:
    if not word.isupper() or _INITIALS.fullmatch(word):
        return word
    if not opens and word.casefold() in _SMALL:
        return word.lower()
    cased = _SECOND_CAPITAL.sub(lambda found: found[0].upper(), word.capitalize())
    return cased if opens or not cased.startswith(_OF) else cased[0].lower() + cased[1:]
