"""The diff of words: whole, exact to the character, and readable."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare import matching, worddiff
from generator.compare.matching import count_words, match_words
from generator.compare.worddiff import cell, diff_runs, replaced
from generator.prepare import prepare
from tests.articles import make_article

pieces = st.sampled_from(
    [
        "the",
        "of",
        "a",
        "to",
        "Iran",
        "U.S.-backed",
        "al-Assad",
        "Assad",
        "Iran's",
        "Iran’s",
        "1,200",
        "3.5",
        "talks",
        "Talks",
        "“talks”",
        "(talks)",
        "talks,",
        "talks.",
        "—",
        "said.",
        "中文",
    ]
)
texts = st.lists(pieces, min_size=1, max_size=30).map(" ".join).filter(lambda text: any(c.isalnum() for c in text))


def both(source, copy, language="en"):
    return prepare(make_article("s", source, language=language)), prepare(make_article("c", copy, language=language))


def compare(source, copy):
    source, copy = both(source, copy)
    ours, theirs = range(len(source.sentences)), range(len(copy.sentences))
    blocks = match_words(source, source.sentence_words, copy, copy.sentence_words)
    return source, copy, diff_runs(source, ours, copy, theirs, blocks)


def pairs_of(blocks):
    return [(i + step, j + step) for i, j, length in blocks for step in range(length)]


def marked(source, copy):
    """The diff as a person would write it with a pen."""
    source, copy, ops = compare(source, copy)
    shown = ""
    for op in ops:
        removed = source.article.text[slice(*op.source)] if op.source else ""
        added = copy.article.text[slice(*op.copy)] if op.copy else ""
        shown += {"=": added, "~": f"<{removed}|{added}>", "-": f"[-{removed}-]", "+": f"{{+{added}+}}"}[op.op]
    return shown


@given(texts, texts)
def test_both_texts_can_be_rebuilt_from_the_diff(source, copy):
    prepared_source, prepared_copy, ops = compare(source, copy)
    assert "".join(source[slice(*op.source)] for op in ops if op.source) == source
    assert "".join(copy[slice(*op.copy)] for op in ops if op.copy) == copy
    for op in ops:
        if op.op == "=":
            assert source[slice(*op.source)] == copy[slice(*op.copy)]
        if op.op == "~":
            assert source[slice(*op.source)] != copy[slice(*op.copy)]
            assert words_in(prepared_source, op.source) == words_in(prepared_copy, op.copy)


def words_in(prepared, span):
    return [
        word for word, (start, end) in zip(prepared.words, prepared.spans, strict=True) if span[0] <= start < span[1]
    ]


@given(texts, texts)
def test_neighbouring_runs_differ_and_removals_come_first(source, copy):
    _, _, ops = compare(source, copy)
    kinds = [op.op for op in ops]
    for first, second in pairwise(kinds):
        assert (first, second) != ("+", "-")
        assert first != second or first == "~"


@given(texts, texts)
def test_matches_ascend_and_join_equal_words(source, copy):
    source, copy = both(source, copy)
    pairs = pairs_of(match_words(source, source.sentence_words, copy, copy.sentence_words))
    assert all(source.words[i] == copy.words[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs))


@given(texts, texts)
def test_two_sentences_taken_block_by_block_give_what_they_give_word_by_word(source, copy):
    source, copy = both(source, copy)
    for i, ours in enumerate(source.sentence_words):
        for j, theirs in enumerate(copy.sentence_words):
            blocks = match_words(source, [ours], copy, [theirs])
            chunks = [worddiff._chunks(article, [number]) for article, number in ((source, i), (copy, j))]
            steps = worddiff._steps(
                source.article.text, chunks[0], copy.article.text, chunks[1], dict(pairs_of(blocks))
            )
            assert diff_runs(source, (i,), copy, (j,), blocks) == worddiff._merge(steps)


@given(texts, texts, st.data())
def test_joined_words_are_kept_or_changed_as_one(source, copy, data):
    source, copy = both(source, copy)
    chosen = [data.draw(st.sets(st.sampled_from(article.sentence_words))) for article in (source, copy)]
    pairs = pairs_of(match_words(source, sorted(chosen[0]), copy, sorted(chosen[1])))
    for side, article, spans in ((0, source, chosen[0]), (1, copy, chosen[1])):
        kept = {pair[side]: pair[1 - side] for pair in pairs}
        for start, end in spans:
            for word in range(start, end - 1):
                if matching.is_joined(article, word):
                    assert (word in kept) == (word + 1 in kept)


@given(texts)
def test_a_text_equals_itself(text):
    _, _, ops = compare(text, text)
    assert [(op.op, op.source, op.copy) for op in ops] == [("=", (0, len(text)), (0, len(text)))]


@pytest.mark.parametrize(
    ("source", "copy", "shown"),
    [
        (
            "The council closed the ferry on Monday.",
            "The council closed the tunnel on Monday.",
            "The council closed the [-ferry -]{+tunnel +}on Monday.",
        ),
        ("Rebels seized Homs.", "rebels seized Homs", "<Rebels |rebels >seized <Homs.|Homs>"),
        ("He met al-Assad today.", "He met Assad today.", "He met [-al-Assad -]{+Assad +}today."),
        ("It cost 1,200 euros.", "It cost 1,300 euros.", "It cost [-1,200 -]{+1,300 +}euros."),
        ("Iran's envoy left.", "Iran’s envoy left.", "<Iran's |Iran’s >envoy left."),
        ("The Tiber-side inn closed.", "The Tiber side inn closed.", "The <Tiber-side |Tiber side >inn closed."),
        ("He said (quietly) no.", "He said no.", "He said [-(quietly) -]no."),
        ("Prices rose.\n\n", "Prices rose.\n", "Prices <rose.\n\n|rose.\n>"),
    ],
)
def test_changes_are_marked_as_with_a_pen(source, copy, shown):
    assert marked(source, copy) == shown


def test_light_words_inside_a_rewritten_run_are_not_kept():
    shown = marked(
        "Farmers announced the harvest of barley had failed across Zeeland.",
        "Growers admitted that the yield from the crop of wheat collapsed across Zeeland.",
    )
    assert shown == (
        "[-Farmers announced the harvest of barley had failed -]"
        "{+Growers admitted that the yield from the crop of wheat collapsed +}across Zeeland."
    )


def test_a_name_between_two_changes_is_kept():
    assert "Kowalczyk" in marked("Judge Kowalczyk ruled.", "Magistrate Kowalczyk decided.").split("[-")[1].split("}")[1]


def test_white_space_is_told_apart_from_wording():
    _, _, ops = compare("Ships sank.\nCrews swam, he said.", "Ships sank. Crews swam he said.")
    assert [op.op for op in ops] == ["=", "~", "=", "~", "="]


def test_sentences_that_do_not_adjoin_are_never_one_run():
    source, copy = both("Ice melted. Nobody came. Snow fell.", "Ice melted. Snow fell.")
    blocks = match_words(source, [source.sentence_words[0], source.sentence_words[2]], copy, copy.sentence_words)
    ops = diff_runs(source, (0, 2), copy, (0, 1), blocks)
    assert [op.op for op in ops] == ["=", "="]
    assert [op.source for op in ops] == [cell(source, 0), cell(source, 2)]


def test_replaced_shows_one_version_after_the_other():
    source, copy = both("Ice melted. Nobody came.", "Snow fell.")
    ops = replaced(source, (0, 1), copy, (0,))
    assert [(op.op, op.source, op.copy) for op in ops] == [("-", (0, 24), None), ("+", None, (0, 10))]


def test_scripts_without_spaces_are_marked_by_the_character():
    assert marked("我们去北京。", "我们去上海。").startswith("我们去[-北京")


def test_long_texts_are_cut_before_they_are_compared(monkeypatch):
    monkeypatch.setattr(matching, "MOST_CELLS", 400)
    chance = random.Random(5)
    source = [f"w{chance.randrange(300)}" for _ in range(600)]
    copy = source[:200] + [f"v{number}" for number in range(50)] + source[220:]
    left, right = both(" ".join(source), " ".join(copy))
    assert count_words(match_words(left, left.sentence_words, right, right.sentence_words)) == 580
    other = [f"w{chance.randrange(300)}" for _ in range(500)]
    left, right = both(" ".join(source), " ".join(other))
    pairs = pairs_of(match_words(left, left.sentence_words, right, right.sentence_words))
    assert all(left.words[i] == right.words[j] for i, j in pairs)
    assert pairs == sorted(pairs)
