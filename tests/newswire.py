"""A made newswire: stories, stories told again, notices after a pattern, and passages that others took over."""

import gzip
import json
import random

from tests.articles import rewrite, tell
from tests.test_formula import notice

_SOURCES = ("Harbour News", "The Herald", "Coast Wire", "")


def make_newswire(count):
    """Rows of a table, `count` of them: of ten articles six are stories of their own, two are told again, one is a notice,
    and one holds a passage of another."""
    for number in range(count):
        chance = random.Random(number)
        kind, story = number % 10, number // 10 * 10 + chance.randrange(6)
        if kind < 6:
            text = " ".join(tell(number, 8))
        elif kind < 8:
            text = " ".join(rewrite(tell(story, 8), chance.choice([0.02, 0.1, 0.3, 0.6]), number))
        elif kind == 8:
            text = notice(number)
        else:
            text = " ".join([*tell(number, 12), *tell(story, 8)[3:6], *tell(-number, 12)])
        yield {
            "id": f"n{number:06}",
            "title": " ".join(text.split()[:6]),
            "text": text,
            "date": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "source": _SOURCES[number % 4],
        }


def write_newswire(folder, count, tables=2):
    """A folder with that newswire in tables of like length."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [json.dumps(row) + "\n" for row in make_newswire(count)]
    for table in range(tables):
        with gzip.open(folder / f"part-{table}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(rows[table::tables])
    return folder
