"""`twicetold why`: the score that a build gives, what counted most, and what was set aside."""

import json

import pytest

from generator.engines.registry import make_engine
from generator.rules import FindRules
from generator.why import explain
from tests.articles import invent, make_article, reword, write_sample
from tests.test_cli import run

ENGINE = make_engine("local")


def dividend(number):
    """A notice after a pattern, with a figure and a name of its own."""
    return (
        f"The board of directors of {invent(number, 3)} declared a quarterly dividend of {number}7 cents per ordinary share, "
        f"payable on {number} March to shareholders of record at the close of business on {number}1 February."
    )


def test_the_score_is_the_one_a_build_gives():
    text = invent(1)
    articles = [make_article(f"a{i}", reword(text, 0.15 * i, i)) for i in range(6)]
    for match in ENGINE.find_matches(articles, FindRules()).matches:
        one, other = (next(x for x in articles if x.id == name) for name in (match.a, match.b))
        told = explain(articles, one, other, FindRules(), ENGINE)
        assert told.matched
        assert (told.score, told.a_in_b, told.b_in_a) == pytest.approx((match.score, match.a_in_b, match.b_in_a))
        # Nothing is formula among so few, so all that is shared counted.
        assert sum(item.share for item in told.counted) == pytest.approx(match.reuse)
        assert [item.share for item in told.counted] == sorted((item.share for item in told.counted), reverse=True)


def test_a_pair_below_the_threshold_is_given_its_score():
    text = invent(1)
    one, other = make_article("a", text), make_article("b", reword(text, 0.5, 3))
    plain = explain([one, other], one, other, FindRules(), ENGINE)
    strict = explain([one, other], one, other, FindRules(threshold=0.95), ENGINE)
    assert not strict.matched
    assert strict.score == plain.score
    assert f"their score of {strict.score:.2f} is below the threshold of 0.95" in strict.reason


def test_formula_is_named_as_set_aside():
    articles = [make_article(f"d{i}", dividend(i)) for i in range(1, 9)]
    told = explain(articles, articles[0], articles[1], FindRules(), ENGINE)
    aside = {item.text for item in told.set_aside}
    assert {"quarterly dividend", "payable", "shareholders"} <= aside
    assert not aside & {item.text for item in told.counted}
    assert not told.matched


def test_the_score_is_the_one_a_build_gives_beside_formula():
    story = invent(50, 60)
    notices = [make_article(f"d{i}", dividend(i) + " " + invent(i, 40)) for i in range(1, 9)]
    pair = [make_article(f"p{i}", dividend(9) + " " + reword(story, 0.1 * i, i)) for i in range(2)]
    (match,) = [m for m in ENGINE.find_matches([*notices, *pair], FindRules()).matches if m.a == "p0" and m.b == "p1"]
    assert explain([*notices, *pair], *pair, FindRules(), ENGINE).score == pytest.approx(match.score)


def test_other_languages_and_texts_that_share_nothing_are_named():
    english, german = make_article("a", invent(1)), make_article("b", invent(1), language="de")
    told = explain([english, german], english, german, FindRules(), ENGINE)
    assert (told.matched, told.score) == (False, None)
    assert "one is in en, the other in de" in told.reason
    strange = make_article("c", "Zyx wvut qrpo nmlk jihg.")
    assert "under 0.02" in explain([english, strange], english, strange, FindRules(), ENGINE).reason


def test_the_command_takes_ids_and_paths(tmp_path):
    write_sample(tmp_path / "content")
    done = run("why", "wire", "content/rewrite.txt", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Matched: their score of 0.")
    assert "What counted most, of " in done.stdout
    assert json.loads(run("why", "wire.txt", "rewrite", "--json", cwd=tmp_path).stdout)["matched"] is True
    assert "Not matched" in run("why", "wire", "rewrite", "--threshold", "0.99", cwd=tmp_path).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("wire", "rewrit"), 3, "there is no article rewrit in content; did you mean 'rewrite'?"),
        (("wire", "wire.txt"), 2, "are the same article; name two"),
        (("wire", "rewrite", "--content", "none"), 3, "there is no folder none"),
    ],
)
def test_a_fault_is_named_with_its_mending(tmp_path, arguments, code, message):
    write_sample(tmp_path / "content")
    done = run("why", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
