"""Finding is exact: every engine gives what a plain look at all pairs gives."""

import multiprocessing
import os
import random
import struct
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from string import ascii_lowercase

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import generator.overlap as overlap
from generator import formula, parts
from generator.build import build_site
from generator.engines import product
from generator.engines.local import LocalEngine
from generator.engines.registry import make_engine
from generator.engines.sharing import _receive
from generator.errors import EngineError, SettingsError
from generator.formula import ALIKE, RETOLD
from generator.found import Found, Match
from generator.overlap import measure_overlaps
from generator.prepare import normalised_words, weights_of
from generator.raising import EVIDENCE
from generator.rarity import RETELLING
from generator.rules import FindRules, ReadRules, Settings
from tests.articles import WORDS, invent, make_article, reword, tell, write_sample
from tests.newswire import write_newswire
from tests.test_formula import notice


def weigh_all(article):
    """The distinct words and pairs of neighbouring words of an article, with their weights: the definition, spelt out."""
    words = normalised_words(article.text)
    weights = {(word,): weights_of(article.language)[word] for word in words}
    weights |= {(a, b): weights_of(article.language)[a] + weights_of(article.language)[b] for a, b in pairwise(words)}
    return {key: weight for key, weight in weights.items() if weight}


NUMBERS = dict(zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13), strict=True))  # noqa: SIM905


@cache
def figures_of(article, frequent):
    """Each figure that is not frequent, with the words before it and after it; all figures that stand there are alike."""
    words = [str(NUMBERS.get(w, w)) if article.language == "en" else w for w in normalised_words(article.text)]
    figures = [word if any(c.isdigit() for c in word) else "" for word in words]
    told = ["" if figure else word for word, figure in zip(words, figures, strict=True)]
    beside = {figure: set() for figure in figures if figure}
    for at, figure in enumerate(figures):
        if figure:
            beside[figure] |= {("before", told[at - 1])} if at else set()
            beside[figure] |= {("after", told[at + 1])} if at + 1 < len(words) else set()
    return {figure: places for figure, places in beside.items() if figure not in frequent}


def lacking(one, other):
    """How many figures the other lacks; and how many of these stand where the other has a figure too."""
    missing = [figure for figure in one if figure not in other]
    places = set().union(*other.values())
    return len(missing), sum(bool(one[figure] & places) for figure in missing)


def figures_of_two(one, other, frequent):
    """How many figures agree, how many differ, and how many stand against others."""
    a, b = figures_of(one, frequent), figures_of(other, frequent)
    differing, opposed = zip(lacking(a, b), lacking(b, a), strict=True)
    return len(a.keys() & b.keys()), min(differing), min(opposed)


def names_of(article):
    """Words with a capital after a word in small letters, but for days and months; none where all nouns have one."""
    words = article.text.split()
    after = {w for v, w in pairwise(words) if v.rstrip(",")[-1:].islower() and w[:1].isupper()}
    return {w.strip(",.").casefold() for w in after} - {"march"} if article.language != "de" else set()


def names_factor(one, other, frequent):
    sides = []
    for a, b in ((one, other), (other, one)):
        names = {name for name in names_of(a) - frequent if weights_of(a.language)[name]}
        sides.append((len(names - set(normalised_words(b.text))), len(names)))
    missing, count = min(sides, key=lambda side: side[0])
    return (count - missing + 1) / (count - missing + 1 + max(0, missing - 2))


def days_of(article):
    """Days of March and April, which are months in English, and where the language is not known; April is one in German."""
    months = {"en": {"march", "april"}, "und": {"march", "april"}, "de": {"april"}}.get(article.language, set())
    days = [pair for pair in pairwise(normalised_words(article.text)[8:]) if pair[0] in months and pair[1].isdigit()]
    return {(month, int(day)) for month, day in days if int(day) < 32}


def longest_common_subsequence(one, other):
    lengths = [0] * (len(other) + 1)
    for a in one:
        before = lengths[:]
        for at, b in enumerate(other, 1):
            lengths[at] = before[at - 1] + 1 if a == b else max(before[at], lengths[at - 1])
    return lengths[-1]


def tell_of(article, frequent):
    """What tells something, in order, by the first six letters; and how often each word and pair stands, and its weight."""
    words = normalised_words(article.text)
    weights = [0 if word in frequent else weights_of(article.language)[word] for word in words]
    told = [(w if any(c.isdigit() for c in w) else w[:6], weight) for w, weight in zip(words, weights, strict=True)]
    held = {}
    for key, weight in [*told, *(((a, b), u + v) for (a, u), (b, v) in pairwise(told))]:
        held.setdefault(key, []).append(weight)
    return [stem for stem, weight in told if weight >= 2 * 2**20], held


FOLLOWED = {str(number): str(number + 1) for number in [*range(199), *range(1900, 2099)]}


@cache
def counted_figures(article, frequent):
    """How many figures have two digits or more; and those of them that do not follow another number of the article."""
    figures = figures_of(article, frequent)
    large = {figure for figure in figures if len(figure) > 1}
    return len(large), large - {FOLLOWED.get(figure) for figure in figures}


def same_figures(one, other, frequent):
    """How many figures count in both articles; 0 where these are less than four, or than half of the large ones of either."""
    (most, a), (more, b) = counted_figures(one, frequent), counted_figures(other, frequent)
    same = len(a & b)
    return same if same >= max(4, most / 2, more / 2) else 0


def telling_factor(lighter, heavier, reuse, counted, counted_share, frequent):
    """What the order and the details of two articles make of their score, and the same figures."""
    (order, held), (other_order, other_held) = tell_of(lighter, frequent), tell_of(heavier, frequent)
    distinct = list(dict.fromkeys(order))
    in_order = longest_common_subsequence(distinct, other_order) / len(distinct) if distinct else 1
    once = {key: weights[0] for key, weights in held.items() if len(weights) == 1}
    asked = sum(weight for key, weight in once.items() if len(other_held.get(key, [])) < 2)
    kept = sum(weight for key, weight in once.items() if len(other_held.get(key, [])) == 1)
    alike = np.cbrt(in_order * in_order * (kept / asked if asked else 1))
    most = 1 + (1.6 - 1) * min(1, max(0, (counted - 75 * 2**20) / (75 * 2**20)))
    told_alike = min(most, min(alike, max(0.3, reuse)) / reuse)
    same = same_figures(lighter, heavier, frequent)
    if same >= 6 or (same and counted >= 112.5 * 2**20):
        return max(told_alike, 1.0, 0.3 / (max(reuse, counted_share) * min(1, counted / (75 * 2**20))))
    return told_alike


def share_weight(a, b):
    return sum(a[key] for key in a.keys() & b.keys())


def formula_of(articles, features, totals, frequent):
    """The keys of each article that more than two independent look-alikes of it hold."""
    alike, retold = {a.id: [] for a in articles}, dict.fromkeys(features, 0)
    for one, other in combinations(articles, 2):
        a, b = features[one.id], features[other.id]
        reuse = share_weight(a, b) / max(1, min(totals[one.id], totals[other.id]))
        if reuse < ALIKE:
            continue
        same, differ, _ = figures_of_two(one, other, frequent)
        at_odds = differ > 0 and (same <= 1.5 * differ or same / (same + differ) < reuse)
        if at_odds:
            alike[one.id].append(other.id)
            alike[other.id].append(one.id)
        elif reuse >= RETOLD:
            retold[one.id] += 1
            retold[other.id] += 1
    tellings = {name: 2**20 // (1 + count) for name, count in retold.items()}
    return {
        name: {key for key in features[name] if sum(tellings[o] for o in others if key in features[o]) > 2 * 2**20}
        for name, others in alike.items()
    }


def all_pairs_in_one_language(articles, threshold, most):
    whole = {article.id: weigh_all(article) for article in articles}
    holders = Counter(key for held in whole.values() for key in held)
    frequent = frozenset(key[0] for key, count in holders.items() if count > most and len(key) == 1)
    features = {name: {k: w for k, w in held.items() if holders[k] <= most} for name, held in whole.items()}
    totals = {name: sum(held.values()) for name, held in features.items()}
    formula = formula_of(articles, features, totals, frequent)
    own = {name: {k: w for k, w in held.items() if k not in formula[name]} for name, held in features.items()}
    masses = {name: sum(held.values()) for name, held in own.items()}
    found = {}
    for one, other in combinations(sorted(articles, key=lambda article: article.id), 2):
        weight = share_weight(own[one.id], own[other.id])
        counted_share = weight / max(1, min(masses[one.id], masses[other.id]))
        score = counted_share * min(1.0, weight / EVIDENCE)
        lighter, heavier = (one, other) if masses[one.id] <= masses[other.id] else (other, one)
        if score * 1.6 >= threshold or (score and same_figures(one, other, frequent)):
            same, _, opposed = figures_of_two(one, other, frequent)
            score *= (same + 1) / (same + 1 + 4 * max(0, opposed - 1))
            days = days_of(one), days_of(other)
            score *= names_factor(one, other, frequent) * (1 / 3 if all(days) and not days[0] & days[1] else 1)
            reuse = share_weight(features[one.id], features[other.id]) / totals[lighter.id]
            score *= telling_factor(lighter, heavier, reuse, weight, counted_share, frequent) if score else 1
        if score >= threshold:
            shared = share_weight(whole[one.id], whole[other.id])
            reuses = (shared / sum(whole[article.id].values()) for article in (one, other))
            told_again = score >= RETELLING or weight >= RETOLD * totals[lighter.id]
            found[one.id, other.id] = Match(one.id, other.id, score, *reuses), told_again
    return sharing_rare(found, features)


def sharing_rare(found, features):
    """The matches that share something that at most two other articles hold, those that retell either not counted; and kin."""
    again = {frozenset(pair) for pair, (_, told_again) in found.items() if told_again}

    def rare(a, b):
        others = [
            name for name in features if name not in (a, b) and not {frozenset((a, name)), frozenset((b, name))} & again
        ]
        return any(
            sum(key in features[name] for name in others) <= 2 for key in features[a].keys() & features[b].keys()
        )

    sure = {frozenset(pair) for pair in found if frozenset(pair) in again or rare(*pair)}
    kin = {pair for pair in found if any({frozenset((pair[0], c)), frozenset((pair[1], c))} <= sure for c in features)}
    return [match for pair, (match, _) in found.items() if frozenset(pair) in sure or pair in kin]


def all_pairs(articles, threshold, most=20_000):
    languages = sorted({article.language for article in articles})
    found = [
        match
        for language in languages
        for match in all_pairs_in_one_language([a for a in articles if a.language == language], threshold, most)
    ]
    return tuple(sorted(found, key=lambda match: (match.a, match.b)))


NOTICE = "the refinery said a dividend of {} dlrs pay March {} record april {} for the archive quarter"
NAMES = ["Ozal", "Conable", "Lyng", "Poehl", "Sumita", "Nakasone"]
TOKENS = [*WORDS[:12], *WORDS[-6:], *NAMES, "7", "19", "200", "seven", "three"]
TEXTS = st.lists(st.sampled_from(TOKENS), max_size=14).map(" ".join) | st.builds(
    NOTICE.format, st.integers(1, 4), st.integers(1, 3), st.integers(1, 3)
)


def tell_otherwise(seed, count, figures):
    """Words and figures that others tell too, in an order of its own; after every two a word that no other has."""
    chance = random.Random(seed)
    told = chance.sample([f"core{letter}" for letter in ascii_lowercase[:24]], count) + list(figures)
    chance.shuffle(told)
    return " ".join(f"{word} own{at // 2 * 'x'}{'abc'[seed]}" if at % 2 else word for at, word in enumerate(told))


FIGURES = [("1912", "340", "57", "88", "6"), ("1912", "340", "57", "88", "9"), ("1912", "340", "21", "45"), ()]
TEXTS |= st.builds(tell_otherwise, st.integers(0, 2), st.integers(18, 24), st.sampled_from(FIGURES))
MANY = [("1912", "340", "57", "88", "2600", "46", "47"), ("1912", "340", "57", "88", "2600", "47", "21", "6")]
TEXTS |= st.builds(tell_otherwise, st.integers(0, 2), st.integers(0, 4), st.sampled_from(MANY))
CORPORA = st.lists(st.tuples(TEXTS, st.sampled_from(["en", "en", "en", "fr", "de", "und"])), max_size=10).map(
    lambda texts: [make_article(f"a{i}", text, language=language) for i, (text, language) in enumerate(texts)]
)


WAYS = {
    "sparse product": (-1, 8),
    "plain matrices": (2**23, 8),
    "pair by pair": (2**23, 1),
    "both by turns": (2**23, 3),
}


@pytest.mark.parametrize(("cells", "rare"), WAYS.values(), ids=WAYS.keys())
@given(articles=CORPORA, threshold=st.sampled_from([0.01, 0.3, 0.5, 1.0]))
def test_random_corpora_give_what_all_pairs_give(cells, rare, articles, threshold):
    before = overlap._DENSE_CELLS, overlap._RARE
    overlap._DENSE_CELLS, overlap._RARE = cells, rare
    try:
        assert LocalEngine(1).find_matches(articles, FindRules(threshold)).matches == all_pairs(articles, threshold)
    finally:
        overlap._DENSE_CELLS, overlap._RARE = before


@given(
    articles=CORPORA,
    archived=st.sets(st.integers(0, 9)),
    sizes=st.tuples(*[st.integers(1, 4)] * 4),
    pieces=st.integers(0, 12),
    together=st.integers(1, 5),
)
def test_finding_gives_the_same_however_it_is_cut(articles, archived, sizes, pieces, together):
    articles = [replace(article, archive=place in archived) for place, article in enumerate(articles)]
    names = ["_ROWS", "_PARTNERS", "_ENTRIES", "_LOOKED_UP"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlap, "_DENSE_CELLS", -1)
        for name, size in zip(names, sizes, strict=True):
            patch.setattr(product, name, size)
        patch.setattr(product, "_FEW_ENTRIES", 0)
        patch.setattr(parts, "TOGETHER", together)
        patch.setattr(formula, "TOGETHER", together)
        found = LocalEngine(1, pieces=pieces).find_matches(articles, FindRules(0.2))
    assert found.matches == between(all_pairs(articles, 0.2), articles)


def between(matches, articles):
    """The matches that hold a new article."""
    new = {article.id for article in articles if not article.archive}
    return tuple(match for match in matches if {match.a, match.b} & new)


@pytest.mark.parametrize(("cells", "rare"), WAYS.values(), ids=WAYS.keys())
@given(articles=CORPORA, archived=st.sets(st.integers(0, 9)), threshold=st.sampled_from([0.01, 0.27, 0.5]))
def test_an_archive_changes_no_score_and_its_own_pairs_are_left_out(cells, rare, articles, archived, threshold):
    articles = [replace(article, archive=place in archived) for place, article in enumerate(articles)]
    before = overlap._DENSE_CELLS, overlap._RARE
    overlap._DENSE_CELLS, overlap._RARE = cells, rare
    try:
        found = LocalEngine(1).find_matches(articles, FindRules(threshold))
    finally:
        overlap._DENSE_CELLS, overlap._RARE = before
    assert found.matches == between(all_pairs(articles, threshold), articles)


@pytest.mark.parametrize("cells", [-1, 2**23], ids=["sparse product", "plain matrices"])
@given(data=st.data())
@settings(max_examples=25)
def test_formula_is_known_from_the_archive(cells, data):
    """Notices of one pattern, some told twice, some with a story beside: whichever of them are new, scores stay as they are."""
    told = data.draw(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), min_size=6, max_size=14))
    texts = [f"{notice(n)} {' '.join(tell(story)) if story else ''}" for n, story in told]
    archived = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    articles = [
        make_article(f"n{i:02}", text, archive=old) for i, (text, old) in enumerate(zip(texts, archived, strict=True))
    ]
    before = overlap._DENSE_CELLS
    overlap._DENSE_CELLS = cells
    try:
        found = LocalEngine(1).find_matches(articles, FindRules())
        whole = LocalEngine(1).find_matches([replace(article, archive=False) for article in articles], FindRules())
    finally:
        overlap._DENSE_CELLS = before
    assert found.matches == between(whole.matches, articles)
    matched = {name for match in found.matches for name in (match.a, match.b)}
    assert found.formula == tuple(own for own in whole.formula if own.article in matched)


@pytest.fixture(scope="module")
def two_thousand():
    """2,000 articles: originals, and rewrites of every fifth with ever more words replaced."""
    articles = [make_article(f"s{i:04}", invent(i, 60 + i % 90)) for i in range(1600)]
    articles += [make_article(f"r{i:04}", reword(invent(i, 60 + i % 90), i % 100 / 100, i)) for i in range(0, 1600, 4)]
    return articles


@pytest.fixture(scope="module")
def pairs_of_two_thousand(two_thousand):
    return all_pairs(two_thousand, 0.30)


def test_two_thousand_articles_give_what_all_pairs_give(engine, two_thousand, pairs_of_two_thousand):
    found = engine.find_matches(two_thousand, FindRules(0.30)).matches
    assert len(found) > 200
    assert found == pairs_of_two_thousand


def test_a_few_new_articles_give_with_an_archive_what_all_pairs_give(engine, two_thousand, pairs_of_two_thousand):
    articles = [replace(article, archive=article.id[1:] not in {"0004", "0400", "0017"}) for article in two_thousand]
    found = engine.find_matches(articles, FindRules(0.30)).matches
    assert found
    assert found == between(pairs_of_two_thousand, articles)


@given(articles=CORPORA.filter(lambda articles: len(articles) > 6), threshold=st.sampled_from([0.01, 0.3]))
@settings(max_examples=4, suppress_health_check=list(HealthCheck))
def test_every_engine_finds_all_in_random_corpora(engine, articles, threshold):
    before = overlap._DENSE_CELLS
    overlap._DENSE_CELLS = -1
    try:
        assert engine.find_matches(articles, FindRules(threshold)).matches == all_pairs(articles, threshold)
    finally:
        overlap._DENSE_CELLS = before


@pytest.fixture(scope="module")
def newswire(tmp_path_factory):
    """A folder of 2,000 articles, and the site that the local engine builds of it."""
    folder = tmp_path_factory.mktemp("newswire")
    write_newswire(folder / "content", 2000)
    write_sample(folder / "content" / "desk")
    (folder / "content" / "broken.jsonl").write_text('{"text": "one story"}\n{"text": \n[1]\n', encoding="utf-8")
    (folder / "content" / "desk" / "twin.jsonl").write_text('{"id": "n000001", "text": "a twin"}\n', encoding="utf-8")
    (folder / "content" / "empty.txt").touch()
    build_site(folder / "content", folder / "site", Settings(), LocalEngine())
    return folder


def test_every_engine_builds_the_same_site(engine, newswire, tmp_path):
    summary = build_site(newswire / "content", tmp_path / "site", Settings(), engine)
    assert summary.clusters > 100
    assert len(summary.left_out) == 4
    assert files_of(tmp_path / "site") == files_of(newswire / "site")


def test_every_engine_builds_the_same_site_beside_an_archive(engine, newswire, tmp_path):
    write_sample(tmp_path / "content")
    (tmp_path / "lines.txt").write_text("The union Mar Firme said\n", encoding="utf-8")
    rules = Settings(
        read=ReadRules(against=(str(newswire / "content"),)),
        find=FindRules(0.2, ("author",), str(tmp_path / "lines.txt")),
    )
    sites = []
    for name, one in (("theirs", LocalEngine()), ("ours", engine)):
        build_site(tmp_path / "content", tmp_path / name, rules, one)
        sites.append(files_of(tmp_path / name))
    assert sites[0] == sites[1]


def files_of(site):
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_the_number_of_processes_changes_nothing(two_thousand):
    assert LocalEngine(1).find_matches(two_thousand, FindRules()) == LocalEngine(3, worth=0).find_matches(
        two_thousand, FindRules()
    )


def test_overlaps_are_the_reuse_of_the_matches(two_thousand, monkeypatch):
    articles = [article for article in two_thousand if article.id[1:] in {"0000", "0004", "0008", "0400"}]
    by_pair = measure_overlaps(articles)
    monkeypatch.setattr(overlap, "_DENSE_CELLS", -1)
    assert (measure_overlaps(articles) == by_pair).all()
    place = {article.id: i for i, article in enumerate(articles)}
    matches = LocalEngine().find_matches(articles, FindRules()).matches
    assert matches
    for match in matches:
        assert by_pair[place[match.a], place[match.b]] == match.a_in_b
        assert by_pair[place[match.b], place[match.a]] == match.b_in_a


def slow_square(number):
    time.sleep(0.001 * (number % 3))
    return number * number


@pytest.mark.parametrize("worth", [0.0, 0.001, 60.0], ids=["processes", "here, then processes", "here"])
def test_processes_keep_the_order(worth):
    assert list(LocalEngine(2, worth).map(slow_square, range(80))) == [n * n for n in range(80)]


def die(number):
    if multiprocessing.parent_process():
        os._exit(1)
    wait_for(lambda: not multiprocessing.active_children())
    return number


def test_a_process_that_dies_gives_a_clear_message():
    with pytest.raises(EngineError, match="a process ended while running die; most likely memory ran out"):
        list(LocalEngine(2, worth=0).map(die, range(40)))


def test_a_process_that_dies_in_the_middle_of_a_message_has_ended():
    ours, theirs = multiprocessing.Pipe(duplex=False)
    with ours, theirs:
        theirs.send("whole")
        # As a message begins: its length, and the first of its bytes.
        os.write(theirs.fileno(), struct.pack("!i", 100) + b"half")
        theirs.close()
        assert _receive(ours) == "whole"
        with pytest.raises(EOFError):
            _receive(ours)


def run_out_of_input(number):
    raise EOFError(f"no end of {number}")


@pytest.mark.skipif(sys.platform != "linux", reason="the meeting is inherited")
def test_work_that_is_known_to_take_long_is_shared_from_its_first_item_on():
    meeting = multiprocessing.Barrier(2, timeout=60)
    assert sorted(LocalEngine(2, worth=0.3).map(lambda _: meeting.wait(), range(2), seconds=1)) == [0, 1]


def test_what_work_raises_is_told_as_it_is():
    with pytest.raises(EOFError, match="no end of"):
        list(LocalEngine(2, worth=0).map(run_out_of_input, range(20)))


def test_where_no_process_can_be_started_the_work_is_done_without():
    program = (
        "import fcntl, resource\n"
        "from multiprocessing import popen_fork, sharedctypes, synchronize\n"
        "from generator.engines.local import LocalEngine\n"
        "for most in range(12, 2, -1):\n"
        "    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))\n"
        "    assert [*LocalEngine(4, worth=0).map(abs, range(20))] == [*range(20)]\n"
        "with LocalEngine(2).ahead(abs, range(20)) as ready:\n"
        "    assert ready() == []\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def square_below_seven(number):
    if number == 7:
        raise ValueError
    return number * number


def test_work_done_ahead_gives_the_first_results_up_to_what_fails():
    with LocalEngine(2).ahead(square_below_seven, range(80)) as ready:
        wait_for(lambda: not multiprocessing.active_children())
        assert ready() == [number * number for number in range(7)]
    with LocalEngine(1).ahead(square_below_seven, range(80)) as ready:
        assert ready() == []


def test_an_unknown_engine_is_refused():
    with pytest.raises(SettingsError, match="engine 'sprak' is unknown"):
        make_engine("sprak")


def test_nothing_matches_without_words_or_articles():
    assert LocalEngine().find_matches([], FindRules()) == Found()
    assert LocalEngine().find_matches([make_article("a", "—"), make_article("b", "—")], FindRules(0.01)) == Found()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_processes_end_with_the_build_that_started_them_even_where_it_is_killed():
    program = (
        "import time\n"
        "from generator.engines.local import LocalEngine\n"
        "if __name__ == '__main__':\n"
        "    print(*LocalEngine(3, worth=0).map(time.sleep, [0.01, 60, 60, 60]), flush=True)\n"
    )
    build = subprocess.Popen([sys.executable, "-c", program])
    workers = wait_for(lambda: len(found := children_of(build.pid)) == 2 and found)
    build.kill()
    build.wait()
    assert wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def children_of(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def wait_for(condition):
    """What a condition gives once it holds; false where it does not hold within ten seconds."""
    for _ in range(200):
        if found := condition():
            return found
        time.sleep(0.05)
    return False
