"""Words → the figures that they tell: `17`, `17e`, `١٧` and `dix-sept` are one figure, and so are `4.500` and `4500`."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_DIGIT = re.compile(r"\d")
# Digits with the letters of an ordinal, a decade or a unit: `5th`, `5ème`, `1960er`, `10km`.
_FIGURE = re.compile(r"(\d[\d.,]*)[^\W\d]{0,4}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
# One decade is told as `1960s`, `années 1960` or `années 60`.
_DECADE = re.compile(r"19([2-9]0)")

# From two to nineteen as far as they are one word, then the tens. One is left out, since in most languages it is an article too.
_NUMBERS = {
    "en": """two three four five six seven eight nine ten
        eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
        | twenty thirty forty fifty sixty seventy eighty ninety""",
    "de": """zwei drei vier fünf sechs sieben acht neun zehn
        elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn
        | zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig""",
    "fr": """deux trois quatre cinq six sept huit neuf dix
        onze douze treize quatorze quinze seize
        | vingt trente quarante cinquante soixante""",
    "es": """dos tres cuatro cinco seis siete ocho nueve diez
        once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve
        | veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa""",
    "it": """due tre quattro cinque sei sette otto nove dieci
        undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove
        | venti trenta quaranta cinquanta sessanta settanta ottanta novanta""",
    "pt": """dois três quatro cinco seis sete oito nove dez
        onze doze treze catorze quinze dezesseis dezessete dezoito dezenove
        | vinte trinta quarenta cinquenta sessenta setenta oitenta noventa""",
    "nl": """twee drie vier vijf zes zeven acht negen tien
        elf twaalf dertien veertien vijftien zestien zeventien achttien negentien
        | twintig dertig veertig vijftig zestig zeventig tachtig negentig""",
}  # fmt: skip
# What stands between tens and units in French, Spanish and Portuguese.
_AND = frozenset({"et", "y", "e"})


def tell_figures(words: Sequence[str], language: str) -> tuple[list[str], list[str]]:
    """The figures that words tell, in digits or in number words up to ninety-nine.

    Args:
        words: Sequence of strings, the words of an article, normalised, in order.
        language: String, ISO 639-1 code; of one that is not known, number words tell nothing.

    Returns:
        Pair of lists of strings of one length: the words, those of one number as one, and for each the figure that it tells, or an
        empty string.
    """
    numbers = _number_words_of(language)
    told, figures = list[str](), list[str]()
    # The numbers that the last words tell, where they are number words.
    last, before = 0, 0
    done = 0
    # Most words tell nothing, and are taken over in runs.
    for at in [at for at, word in enumerate(words) if word in numbers or not word.isalpha()]:
        if at > done:
            told += words[done:at]
            figures += [""] * (at - done)
            last, before = 0, last if at == done + 1 else 0
        word, done = words[at], at + 1
        number = numbers.get(word, 0)
        if number and told and told[-1] in _AND and (whole := _add(before, number, language)):
            told.pop()
            figures.pop()
        else:
            whole = _add(last, number, language) if number else 0
        if whole:
            figures[-1] = str(whole)
        else:
            told.append(word)
            figures.append(str(number) if number else _read_digits(word))
        before, last = last, whole or number
    told += words[done:]
    figures += [""] * (len(words) - done)
    return told, figures


def _add(tens: int, number: int, language: str) -> int:
    """What two number words tell together, such as `twenty two`, `dix sept` or `quatre vingt`; 0 where they are two numbers."""
    if language == "fr":
        # `soixante-dix-sept` is 60 and 10 and 7.
        return 80 if (tens, number) == (4, 20) else tens + number if tens and tens % 10 == 0 and number < 17 else 0
    return tens + number if tens >= 20 and tens % 10 == 0 and number < 10 else 0


def _read_digits(word: str) -> str:
    if not _DIGIT.search(word):
        return ""
    if not word.isascii():
        word = "".join(str(unicodedata.decimal(sign, sign)) for sign in word)
    figure = _FIGURE.fullmatch(word)
    digits = figure[1] if figure else word
    if _THOUSANDS.fullmatch(digits):
        return digits.replace(".", "").replace(",", "")
    decade = _DECADE.fullmatch(digits)
    return decade[1] if decade else digits


@cache
def _number_words_of(language: str) -> dict[str, int]:
    small, tens = (part.split() for part in _NUMBERS.get(language, "|").split("|"))
    numbers = dict(zip(small, range(2, 20), strict=False)) | dict(zip(tens, range(20, 100, 10), strict=False))
    return numbers | ({"vingts": 20} if language == "fr" else {})
