"""How the copy reads beside its source: differences, which way they read, and the rows that made them."""

import pytest

from generator.compare.passages import find_passages
from generator.compare.reading import compare_reading
from generator.compare.segments import build_segments
from generator.compare.sentences import align_sentences
from generator.prepare import prepare
from generator.rules import CompareRules
from tests.articles import REWRITE, WIRE, make_article


def read_beside(source, copy, ours=(), theirs=()):
    source, copy = prepare(make_article("s", source)), prepare(make_article("c", copy))
    passages = find_passages(source, copy, CompareRules())
    segments = build_segments(source, copy, align_sentences(source, copy, passages), passages)
    return compare_reading(source, copy, (ours, theirs), segments), segments


@pytest.mark.parametrize(
    ("name", "before", "after", "difference", "reads"),
    [
        ("flesch_reading_ease", 50.0, 60.5, 10.5, "easier"),
        ("flesch_reading_ease", 60.5, 50.0, -10.5, "harder"),
        ("flesch_kincaid_grade", 8.0, 9.5, 1.5, "harder"),
        ("gunning_fog", 8.0, 6.5, -1.5, "easier"),
        ("smog_index", 8.0, 8.04, 0.04, "alike"),
        ("lexicon_count", 300, 250, -50, ""),
        ("text_standard", "8th grade", "9th grade", None, ""),
        ("smog_index", None, 8.0, None, ""),
    ],
)
def test_a_measure_tells_its_difference_and_which_way_that_reads(name, before, after, difference, reads):
    reading, _ = read_beside("It rained.", "It rained.", [(name, before)], [(name, after)])
    (change,) = reading.measures
    assert (change.difference, change.reads) == (difference, reads)


COUNTED = [("lexicon_count", 10)]


def grade(text):
    article = prepare(make_article("x", text))
    words = len(article.words)
    return 4.71 * sum(map(len, article.words)) / words + 0.5 * words / len(article.sentences) - 21.43


def test_the_row_that_changed_it_most_comes_first_with_the_change_it_made():
    source = "Dock workers in Setubal walked out. Two ships wait for cars. The minister invited both sides to talks."
    harder = "Dock workers in Setubal instantaneously discontinued international transportation operations."
    copy = source.replace("Dock workers in Setubal walked out.", harder)
    reading, segments = read_beside(source, copy, COUNTED, COUNTED)
    first = reading.sentences[0]
    assert next(segment.copy for segment in segments if segment.key == first.key) == (0,)
    assert first.change == pytest.approx(grade(copy) - grade(source), abs=1e-3)
    assert first.change > 0


def test_rows_are_few_and_ordered_and_an_identical_text_has_none():
    reading, _ = read_beside(WIRE, REWRITE, COUNTED, COUNTED)
    sizes = [abs(change.change) for change in reading.sentences]
    assert sizes == sorted(sizes, reverse=True)
    assert 0 < len(sizes) <= 3
    assert read_beside(WIRE, WIRE, COUNTED, COUNTED)[0].sentences == ()


def test_a_language_without_measures_has_no_rows():
    assert read_beside(WIRE, REWRITE, [("lexicon_count", None)], [("lexicon_count", None)])[0].sentences == ()
