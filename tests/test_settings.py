"""Settings come from a file and from flags, and every fault is named at once."""

import json
import re
from pathlib import Path

import pytest

from generator.commands.common import FLAGS
from generator.errors import SettingsError
from generator.rules import CompareRules, FindRules, Settings, SiteRules
from generator.settings import list_settings, load_settings, trace_settings, variable_of
from tests.test_cli import run


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "twicetold.toml"

    def write(text):
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_without_a_file_the_defaults_hold():
    assert load_settings(None, {}) == Settings()
    assert Settings().find.threshold == 0.27


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
        ("threshold = 0.4", "threshold stands in no part; put it below [find]"),
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


def test_a_secret_of_the_wrong_kind_is_not_shown(config):
    with pytest.raises(SettingsError, match=r"site\.anonymise_key is int; it must be text") as told:
        load_settings(config("[site]\nanonymise_key = 12345678901234567\n[run]\noptions = 'spark.secret=123'"), {})
    assert "run.options is str; it must be " in str(told.value)
    assert "123" not in str(told.value)


def test_of_options_that_hold_a_secret_only_the_name_is_shown(config):
    options = '[run]\noptions = ["spark.authenticate.secret=hush", "spark.cores.max=8"]'
    listed = dict(list_settings(load_settings(config(options), {})))
    assert listed["run.options"] == "spark.authenticate.secret=given, spark.cores.max=8"
    with pytest.raises(SettingsError, match=r"options has 'park\.secret'; it must be a setting of Spark") as told:
        load_settings(config('[run]\noptions = ["park.secret=hush"]'), {})
    assert "hush" not in str(told.value)


def test_all_faults_are_named_at_once(config):
    path = config("[find]\nthreshhold = 1\n[compare]\nmin_passage = 'x'\n[colour]\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(path, {})
    assert all(word in str(caught.value) for word in ("threshhold", "min_passage", "colour"))


def test_a_fault_is_named_with_its_line(config):
    text = """# a comment = not a name
[site]
title = '''
[find]
threshold = "in a text"
'''
[find]
threshold = 4

[compare]
min_pasage = 5
[read]
max_bytes = "many"
"""
    with pytest.raises(SettingsError) as caught:
        load_settings(config(text), {})
    faults = [fault.partition("twicetold.toml, ")[2] for fault in str(caught.value).splitlines()]
    assert sorted(faults) == [
        "line 11: compare.min_pasage is unknown; did you mean 'min_passage'?",
        "line 13: read.max_bytes is 'many'; it must be a whole number",
        "line 8: find.threshold is 4; it must be above 0 and at most 1, such as 0.3",
    ]


def test_the_line_is_found_however_the_name_is_written(config):
    for text in ("\nfind.threshhold = 1", "\nfind = {threshhold = 1}", "\nfind . 'threshhold' = 1"):
        with pytest.raises(SettingsError, match=re.escape("line 2: find.threshhold is unknown")):
            load_settings(config(text), {})


def test_a_variable_beats_the_file_and_a_flag_beats_both(config):
    path = config("[find]\nthreshold = 0.5\n[compare]\nmin_passage = 7\n[site]\ntitle = 'Desk'\n")
    environment = {
        "TWICETOLD_FIND_THRESHOLD": "0.6",
        "TWICETOLD_COMPARE_MIN_PASSAGE": "8",
        "TWICETOLD_SITE_PUBLIC": "yes",
        "TWICETOLD_READ_MAX_BYTES": "",
        "HOME": "/",
    }
    settings, held = trace_settings(path, {"find": {"threshold": 0.7}, "site": {"public": None}}, environment)
    assert settings == Settings(
        find=FindRules(threshold=0.7), compare=CompareRules(min_passage=8), site=SiteRules(title="Desk", public=True)
    )
    origins = {item.name: item.origin for item in held if item.origin != "default"}
    assert origins == {
        "find.threshold": "--threshold",
        "compare.min_passage": "TWICETOLD_COMPARE_MIN_PASSAGE",
        "site.title": f"{path}, line 6",
        "site.public": "TWICETOLD_SITE_PUBLIC",
    }


def test_faults_of_the_file_and_of_variables_are_named_together(config):
    environment = {
        "TWICETOLD_SITE_PUBLIC": "maybe",
        "TWICETOLD_FIND_THRESHHOLD": "1",
        "TWICETOLD_COMPARE_MIN_PASSAGE": "0",
    }
    with pytest.raises(SettingsError) as caught:
        load_settings(config("[find]\nthreshold = 2\n"), {}, environment)
    faults = str(caught.value).splitlines()
    assert len(faults) == 4
    assert "TWICETOLD_FIND_THRESHHOLD is unknown; did you mean 'TWICETOLD_FIND_THRESHOLD'?" in str(caught.value)
    assert "TWICETOLD_SITE_PUBLIC is 'maybe'; it must be true or false" in str(caught.value)
    assert "TWICETOLD_COMPARE_MIN_PASSAGE: compare.min_passage is 0" in str(caught.value)


def test_own_templates_are_found_beside_the_settings(config, tmp_path):
    assert load_settings(config(""), {}).site.templates == "built-in"
    (tmp_path / "templates").mkdir()
    assert load_settings(config(""), {}).site.templates == str(tmp_path / "templates")
    assert load_settings(config("[site]\ntemplates = 'built-in'"), {}).site.templates == "built-in"
    named = load_settings(config("[site]\ntemplates = 'look'"), {})
    assert named.site.templates == str(tmp_path / "look")
    assert dict(list_settings(named))["site.templates"] == "look"
    assert load_settings(None, {}).site.templates == "built-in"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SettingsError, match="does not exist; name a settings file with --config"):
        load_settings(tmp_path / "none.toml", {})


def test_a_file_that_is_not_text_is_named(tmp_path):
    (tmp_path / "t.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="can't be read"):
        load_settings(tmp_path / "t.toml", {})


def test_every_setting_is_listed_by_its_full_name():
    listed = dict(list_settings(Settings()))
    assert listed["find.threshold"] == "0.27"
    assert listed["site.public"] == "false"
    parts = (getattr(Settings(), name) for name in Settings.__slots__)
    assert len(listed) == sum(len(type(part).__slots__) for part in parts)


@pytest.mark.parametrize("setting", list_settings(Settings()), ids=lambda setting: setting[0])
def test_every_setting_is_documented_with_its_variable_and_default(setting):
    name, default = setting
    text = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    _, found, section = text.partition(f"\n### `{name}`\n")
    assert found, f"docs/settings.md has no section on {name}"
    section = section.partition("\n### ")[0]
    assert f"`{variable_of(name)}`" in section
    assert f"Default: `{default}`" in section or (default == "" and "Default: none" in section)


@pytest.mark.parametrize("name", dict(list_settings(Settings())))
def test_the_example_of_every_setting_can_be_used(name, config):
    text = (Path(__file__).parent.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    section = text.partition(f"\n### `{name}`\n")[2].partition("\n### ")[0]
    part, _, own = name.partition(".")
    example = re.search(r"^Example: `(.+)`\.$", section, re.MULTILINE)[1]
    assert example.startswith(f"{own} = ")
    held = trace_settings(config(f"[{part}]\n{example}\n"), {})[1]
    assert [item.name for item in held if item.origin != "default"] == [name]
    assert next(item.value for item in held if item.name == name) != dict(list_settings(Settings()))[name]


def test_each_flag_that_is_a_setting_sets_it_and_beats_all_else(tmp_path):
    (tmp_path / "twicetold.toml").write_text("[find]\nthreshold = 0.5\n[site]\npublic = true\n")
    given = {
        "find.threshold": ("--threshold", "0.4"),
        "find.boilerplate": ("--boilerplate", "b.txt"),
        "find.ignore_same": ("--ignore-same", "source"),
        "read.against": ("--against", "archive"),
        "read.since": ("--since", "2024-01-01"),
        "site.public": ("--no-public",),
        "site.search": ("--search",),
        "site.anonymise": ("--anonymise",),
    }
    assert {name.partition(".")[2] for name in given} <= set(FLAGS)
    done = run("settings", "--json", *(word for words in given.values() for word in words), cwd=tmp_path)
    held = {item["name"]: item for item in json.loads(done.stdout)}
    for name, (flag, *value) in given.items():
        assert held[name]["origin"] == flag
        assert held[name]["value"] == (value[0] if value else str(not flag.startswith("--no")).lower())
