"""Words that go with figures, by language: number words, magnitudes, units, months. English is the most complete."""

from functools import cache, lru_cache

import regex

from generator.patterns import compile_pattern

UNITS_OF_TEN = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
    """.split()  # noqa: SIM905


SMALL_WORDS = {word: value for value, word in enumerate(SMALL)} | {
    word: 10 * place for place, word in enumerate(UNITS_OF_TEN, 2)
}
"""English number words up to ninety."""

LARGE_WORDS = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
"""English number words that multiply what stands before them."""

# A `billion` of German, French or Spanish is a million millions.
_MAGNITUDES = {
    "en": {"hundred": 2, "thousand": 3, "million": 6, "mn": 6, "mln": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12},
    "de": {"tausend": 3, "million": 6, "millionen": 6, "mio": 6, "milliarde": 9, "milliarden": 9, "mrd": 9, "billionen": 12},
    "fr": {"mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9, "billions": 12},
    "es": {"mil millones": 9, "mil": 3, "millón": 6, "millones": 6, "billones": 12},
    "it": {"mila": 3, "milione": 6, "milioni": 6, "miliardo": 9, "miliardi": 9},
    "pt": {"mil": 3, "milhão": 6, "milhões": 6, "bilhão": 9, "bilhões": 9},
    "nl": {"duizend": 3, "miljoen": 6, "miljard": 9},
}  # fmt: skip

_UNITS = {
    "%": "%|percent|per cent|pct|prozent|pour cent|pour-cent|por ciento|per cento|por cento|procent",
    "points": "percentage points?|prozentpunkten?|points de pourcentage",
    "dollar": "dollars?|usd|dólares", "euro": "euros?|eur", "pound": "pounds?|gbp", "yen": "yen", "rouble": "r(?:o?u)bles?",
    "rupee": "rupees?", "yuan": "yuan|renminbi", "franc": "francs?|franken", "crown": "kron(?:a|or|er|en)", "peso": "pesos?",
    "kilometre": "km|kilomet(?:er|re)s?|kilomètres?|kilómetros?", "metre": "met(?:er|re)s?|mètres?|metros?|metern",
    "centimetre": "cm|centimet(?:er|re)s?|centimètres?", "mile": "miles?", "foot": "feet|foot|ft", "inch": "inch(?:es)?",
    "yard": "yards?", "kilogram": "kg|kilograms?|kilos?", "ton": "ton(?:ne)?s?|tonnen", "litre": "lit(?:er|re)s?|litros?",
    "hectare": "hectares?|hektar", "acre": "acres?", "mph": "mph|miles per hour", "kmh": "km/h|kph|kilomet(?:er|re)s per hour",
    "degree": "degrees?|°c|°f|°|grad", "megawatt": "mw|megawatts?", "second": "seconds?|sekunden?|secondes?|segundos?",
    "minute": "minutes?|minuten?|minutos?", "hour": "hours?|stunden?|heures?|horas?", "day": "days?|tagen?|jours?|días?",
    "week": "weeks?|wochen?|semaines?|semanas?", "month": "months?|monaten?|mois|mes(?:es)?",
    "year": "years?(?:-old| old)?|yr|jahren?|ans?|années?|años?",
}  # fmt: skip

CURRENCIES = {"$": "dollar", "US$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "rouble"}
"""Signs of money, each with the unit it stands for."""

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}

WEEKDAYS = {
    name: number
    for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())  # noqa: SIM905
}
"""English names of the days of the week, each with its number from 0."""

PARTS = {"third": 3, "quarter": 4, "fifth": 5}
"""English words for parts of a whole."""

PART_WORDS = frozenset({"half", *PARTS, *(f"{part}s" for part in PARTS)})

NUMBER_WORDS = PART_WORDS.union(WEEKDAYS, SMALL_WORDS, LARGE_WORDS)
"""English words that figures begin with, or hold as the second."""

UNIT_NAMES = {f"u{place}": name for place, name in enumerate(_UNITS)}
UNIT = compile_pattern(
    r"(?:[-\s\u00a0\u202f]?|\sd[’']|\sde\s)(?:"
    + "|".join(f"(?P<u{place}>{words})" for place, words in enumerate(_UNITS.values()))
    + r")(?![\p{L}\d])",
    regex.IGNORECASE,
)  # fmt: skip
"""What follows a figure where it is a unit; the group that matched is named as in UNIT_NAMES."""


@lru_cache(maxsize=2**12)
def begins_unit(word: str) -> bool:
    """Whether UNIT can match where this word is the first after a figure; most words are none, and need not be tried.

    Args:
        word: String, as the text has it.

    Returns:
        Boolean; false where it surely can't.
    """
    # What leads to a unit in French and Spanish.
    return word in ("d", "de") or UNIT.match(word, partial=True) is not None


@cache
def months_of(language: str) -> dict[str, int]:
    """Names of months, and the three letters that stand for them, each with its number from 1.

    Args:
        language: String, ISO 639-1 code; where it is not known, the English names.

    Returns:
        Dictionary from casefolded name to integer.
    """
    names = _MONTHS.get(language, _MONTHS["en"]).split()
    short = {name[:3]: number for number, name in enumerate(names, 1)} if language == "en" else {}
    return short | ({"sept": 9} if short else {}) | {name: number for number, name in enumerate(names, 1)}


FIGURE_WORDS = NUMBER_WORDS.union(*map(months_of, _MONTHS))
"""All words by which figures are found, in any language."""


@cache
def magnitudes_of(language: str) -> dict[str, int]:
    """Words such as `million`, each with its power of ten.

    Args:
        language: String, ISO 639-1 code; where it is not known, the English words.

    Returns:
        Dictionary from casefolded word to integer.
    """
    return _MAGNITUDES.get(language, _MAGNITUDES["en"])
