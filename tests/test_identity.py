"""The versions that a site names are those that are installed."""

import sys
from importlib import metadata

import pytest

from generator.identity import list_versions, version_of


def test_versions_are_those_that_are_installed():
    named = dict(list_versions())
    assert {"numpy", "textstat"} <= named.keys()
    assert named == {name: metadata.version(name) for name in named}
    assert version_of("twicetold") == metadata.version("twicetold")


def test_a_package_may_be_installed_in_an_older_way(tmp_path, monkeypatch):
    told = tmp_path / "old_tale.egg-info"
    told.mkdir()
    (told / "PKG-INFO").write_text("Metadata-Version: 1.2\nName: old_tale\nVersion: 1.5\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    assert version_of("old_tale") == "1.5"
    with pytest.raises(metadata.PackageNotFoundError):
        version_of("new_tale")
