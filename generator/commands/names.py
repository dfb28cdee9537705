"""`twicetold names`: what the neutral names of an anonymised site stand for."""

import csv
import sys
from pathlib import Path

from generator.cells import safe_cell
from generator.commands.common import Config, Content, settings_here, takes_settings
from generator.settings import Flags


@takes_settings("against", "since")
def names(content: Content = Path("content"), *, flags: Flags, config: Config = None) -> None:
    """List what the neutral names of an anonymised site stand for, as CSV; for you, not for its readers."""
    settings, _ = settings_here(config, flags)

    from generator.anonymise import anonymise, list_names
    from generator.read.archives import read_all
    from generator.read.reviews import find_reviews, read_reviews

    corpus = read_all(content, settings.read)
    reviews = read_reviews(find_reviews(content, settings.site.reviews))
    hidden = anonymise(corpus, reviews, settings.site.anonymise_key)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("kind", "neutral", "name"))
    writer.writerows([safe_cell(cell) for cell in row] for row in list_names(corpus, reviews, hidden))
