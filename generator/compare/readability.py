"""Article → readability measures, as textstat gives them under its own names, and a blank where it has none for the language."""

from functools import cache
from typing import TYPE_CHECKING

from generator.values import Article, Measure

if TYPE_CHECKING:
    from textstat.textstat import textstatistics

MEASURES = (
    "flesch_reading_ease",
    "flesch_kincaid_grade",
    "gunning_fog",
    "smog_index",
    "automated_readability_index",
    "coleman_liau_index",
    "dale_chall_readability_score",
    "linsear_write_formula",
    "text_standard",
    "difficult_words",
    "reading_time",
    "sentence_count",
    "lexicon_count",
    "syllable_count",
)
"""The names of the measures, in the order of the data files."""

# textstat holds coefficients of these languages for the one, word lists for the other, and hyphenation for syllables. What it
# computes elsewhere with the figures of English, or not at all, would be a number without a meaning.
_LANGUAGES = {
    "flesch_reading_ease": {"en", "de", "es", "fr", "hu", "it", "nl", "ru"},
    "gunning_fog": {"en", "pl"},
    "difficult_words": {"en", "es"},
    "syllable_count": {"en", "de", "es", "fr", "hu", "it", "nl", "pl", "pt", "ru", "sv"},
}
_COUNTS = {"reading_time", "sentence_count", "lexicon_count"}
# Scripts without spaces, which textstat would count as one long word.
_UNCOUNTED = {"ja", "km", "lo", "my", "th", "zh"}


@cache
def _textstat(language: str) -> "textstatistics":
    from textstat.textstat import textstatistics

    statistics = textstatistics()
    # textstat's default is en_US; a plain call and ours must agree to the last digit.
    statistics.set_lang("en_US" if language == "en" else language)
    return statistics


def has_measure(name: str, language: str) -> bool:
    """Whether textstat has a measure for a language.

    Args:
        name: String, one of MEASURES.
        language: String, ISO 639-1 code.

    Returns:
        Boolean.
    """
    if name in _COUNTS:
        return language not in _UNCOUNTED
    return language in _LANGUAGES.get(name, {"en"})


def load_measures(language: str) -> None:
    """Load what the measures of a language need, so that processes forked from this one need not.

    Args:
        language: String, ISO 639-1 code.
    """
    if has_measure("syllable_count", language):
        _textstat(language).syllable_count("word")


def measure_readability(article: Article) -> tuple[Measure, ...]:
    """The readability measures of an article's text.

    Args:
        article: Article.

    Returns:
        Tuple of Measure, in the order of MEASURES.
    """
    return tuple(
        (
            name,
            getattr(_textstat(article.language), name)(article.text) if has_measure(name, article.language) else None,
        )
        for name in MEASURES
    )
