"""The gold sites, built anew; run as a program it writes them over the old ones (see gold/README.md)."""

import shutil
from dataclasses import replace
from pathlib import Path

from generator.engines.registry import make_engine
from generator.making import find_all, make_outputs
from generator.read.folder import read_folder
from generator.rules import Settings

GOLD = Path(__file__).parent / "gold"
CASES = sorted(folder.name for folder in GOLD.iterdir() if folder.is_dir())


def build(case):
    """The files of a gold site, by path."""
    settings, engine = Settings(), make_engine("local")
    corpus = read_folder(GOLD / case / "content", settings.read)
    matches = engine.find_matches(corpus.articles, settings.find)
    findings = find_all(corpus, matches, settings, engine, "")
    findings = replace(findings, provenance=replace(findings.provenance, versions=(("library", "0"),)))
    return {output.path: output.content for output in make_outputs(findings, settings, engine)}


def main():
    for case in CASES:
        site = GOLD / case / "site"
        shutil.rmtree(site, ignore_errors=True)
        for path, content in build(case).items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(content)


if __name__ == "__main__":
    main()
