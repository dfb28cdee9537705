"""What was set aside is told: as phrases that stand in the article, with their weight and how many look-alikes hold them."""

import json

from hypothesis import given
from hypothesis import strategies as st

from generator.fingerprint import fingerprint
from generator.found import Formula
from generator.prepare import prepare
from generator.rules import SiteRules
from generator.set_aside import tell_set_aside
from tests.articles import invent, make_article, rewrite, tell
from tests.found import export, find, make_pages
from tests.test_formula import notice

NOTICES = [make_article(f"n{i:02}", notice(i)) for i in range(40)]


def notices_and_a_copy():
    """Dividend notices, one of which was copied twice with news of its own."""
    news = " ".join(tell("news", 6))
    copies = [make_article(f"copy-{n}", f"{notice(3)} {' '.join(rewrite([news], n / 20, n))}") for n in (0, 1, 2)]
    return find([*NOTICES, *copies])


def members_of(whole):
    return [member for report in whole.reports for member in report.members]


def test_the_pattern_of_notices_is_told_and_what_one_of_them_adds_is_not():
    told = {m.prepared.article.id: m.set_aside for m in members_of(notices_and_a_copy())}
    assert {"copy-0", "copy-1", "copy-2"} <= told.keys()
    aside = told["copy-0"]
    phrases = [phrase.text for phrase in aside.phrases]
    assert any("payable to shareholders of record at the close of business" in phrase for phrase in phrases)
    own = set(" ".join(tell("news", 6)).lower().replace(".", "").split()) - set(notice(3).lower().split())
    assert len(own) > 40
    assert not own.intersection(" ".join(phrases).lower().split())
    assert 0.1 < aside.share < 0.6
    assert all(phrase.tellings > 2 for phrase in aside.phrases)


def test_sixty_reprints_set_nothing_aside():
    text = tell("story", 8)
    reprints = [make_article(f"r{n:02}", " ".join(rewrite(text, 0.05, n))) for n in range(60)]
    whole = find([*reprints, *(make_article(f"o{n:02}", invent(n, 60)) for n in range(20))])
    assert len(members_of(whole)) >= 60
    assert all(member.set_aside is None for member in members_of(whole))


def test_a_page_and_its_data_tell_what_was_set_aside_or_nothing():
    whole = notices_and_a_copy()
    pages = {page.path: page for page in make_pages(whole, SiteRules())}
    data = {out.path: json.loads(out.content) for out in export(whole) if out.path.startswith("clusters/")}
    report = next(report for report in whole.reports if "copy-1" in report.cluster.members)
    rows = pages[f"clusters/{report.cluster.anchor}.html"].aside.rows
    assert any("payable to shareholders" in phrase.text for row in rows for phrase in row.phrases)
    letters = [letter for row in rows for letter in row.letters.split(", ")]
    assert len(letters) == len(set(letters))
    for member in data[f"clusters/{report.cluster.anchor}.json"]["members"]:
        for phrase in member["set_aside"]["phrases"]:
            assert " ".join(member["text"][slice(*phrase["span"])].split()) == phrase["text"]
    alone = find([make_article("a", " ".join(tell("a"))), make_article("b", " ".join(rewrite(tell("a"), 0.1, 1)))])
    assert not list(make_pages(alone, SiteRules()))[1].aside.rows


@given(
    st.lists(
        st.sampled_from(["the", "court", "of", "harbour", "Lund", "fined", "it", "19", "kroner"]),
        min_size=1,
        max_size=40,
    ),
    st.data(),
)
def test_phrases_hold_all_that_is_formula_and_nothing_else(words, data):
    article = make_article("a", " ".join(words))
    posting, prepared = fingerprint(article), prepare(article)
    keys = data.draw(st.sets(st.sampled_from(posting.keys.tolist()))) if len(posting.keys) else set()
    aside = tell_set_aside(prepared, Formula("a", dict.fromkeys(keys, 3 * 2**20)))
    weights = dict(zip(posting.keys.tolist(), posting.weights.tolist(), strict=True))
    assert aside.share == (sum(weights[key] for key in keys) / posting.total if posting.total else 0)
    held = set()
    for phrase in aside.phrases:
        assert article.text[slice(*phrase.span)] == phrase.text
        inside = fingerprint(make_article("p", phrase.text)).keys.tolist()
        assert keys.intersection(inside)
        held |= keys.intersection(inside)
    if not aside.more:
        assert held == keys
