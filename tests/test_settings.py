"""Settings come from a file and from flags, and every fault is named at once."""

import re

import pytest

from generator.errors import SettingsError
from generator.rules import CompareRules, FindRules, Settings, SiteRules
from generator.settings import list_settings, load_settings


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "twicetold.toml"

    def write(text):
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_without_a_file_the_defaults_hold():
    assert load_settings(None, {}) == Settings()
    assert Settings().find.threshold == 0.30


def test_a_file_is_read_and_flags_win(config):
    path = config('[find]\nthreshold = 0.5\n[compare]\nmin_passage = 7\n[site]\ntitle = "Desk"\npublic = true\n')
    expected = Settings(find=FindRules(0.5), compare=CompareRules(7), site=SiteRules("Desk", public=True))
    assert load_settings(path, {"find": {"threshold": None}}) == expected
    assert load_settings(path, {"find": {"threshold": 0.9}}).find.threshold == 0.9


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[find]\nthreshhold = 0.5", "find.threshhold is unknown; did you mean 'threshold'?"),
        ("[fnd]\nthreshold = 0.5", "[fnd] is unknown; did you mean 'find'?"),
        ("[find]\nthreshold = 'high'", "find.threshold is 'high'; it must be a number"),
        ("[find]\nthreshold = true", "find.threshold is True; it must be a number"),
        ("[find]\nthreshold = 7", "threshold is 7; it must be above 0 and at most 1, such as 0.3"),
        ("[find]\nthreshold = nan", "threshold is nan; it must be above 0 and at most 1"),
        ("[compare]\nmin_passage = 0", "min_passage is 0; it must be a whole number from 1 up"),
        ("[compare]\nmin_passage = 2.5", "compare.min_passage is 2.5; it must be a whole number"),
        ("[site]\npublic = 1", "site.public is 1; it must be true or false"),
        ("find = 3", "find must be a table: [find]"),
        ("[find", "is not valid TOML"),
    ],
)
def test_a_fault_is_named_with_its_mending(config, text, message):
    with pytest.raises(SettingsError, match=re.escape(message)):
        load_settings(config(text), {})


def test_all_faults_are_named_at_once(config):
    path = config("[find]\nthreshhold = 1\n[compare]\nmin_passage = 'x'\n[colour]\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(path, {})
    assert all(word in str(caught.value) for word in ("threshhold", "min_passage", "colour"))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SettingsError, match="does not exist; name a settings file with --config"):
        load_settings(tmp_path / "none.toml", {})


def test_a_file_that_is_not_text_is_named(tmp_path):
    (tmp_path / "t.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="can't be read"):
        load_settings(tmp_path / "t.toml", {})


def test_every_setting_is_listed_by_its_full_name():
    listed = dict(list_settings(Settings()))
    assert listed["find.threshold"] == "0.3"
    assert listed["site.public"] == "false"
    assert len(listed) == sum(
        len(type(part).__slots__) for part in (Settings().read, Settings().find, Settings().compare, Settings().site)
    )
