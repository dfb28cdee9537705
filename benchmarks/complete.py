"""`python -m benchmarks.complete FOLDER`: whether finding misses a pair that a look at all pairs of the folder finds.

The score is the program's own; what is replaced is how candidates come about: here every article is multiplied with every other, in
blocks, with all its words and no bound. `tests/test_engines.py` spells out the score itself a second time, on small corpora.
"""

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from generator.agreement import Counts, Flags
from generator.engines.local import LocalEngine
from generator.fingerprint import fingerprint
from generator.formula import Pairs
from generator.read.folder import read_folder
from generator.rules import FindRules, ReadRules
from generator.score import find_scored
from generator.stack import Stack

BLOCK = 500


def join_all(stacked: Stack, masses: Counts, least: float, wanted: Flags | None = None, lighter: bool = False) -> Pairs:
    """A Join that multiplies all articles with all others.

    Args:
        stacked: Stack.
        masses: Array of integers, the weight of each article.
        least: Share.
        wanted: Array of booleans: at least one article of a pair is one of these; None for all pairs.
        lighter: Boolean: true where it is the lighter one.

    Returns:
        Pairs.
    """
    from scipy.sparse import csr_array

    place, found = (stacked.rows, stacked.columns), []
    weights = stacked.weights[stacked.columns].astype(np.int64)
    weighs = csr_array((weights, place), shape=stacked.shape)
    holds = csr_array((np.ones(len(weights), dtype=np.int64), place), shape=stacked.shape).T.tocsr()
    for start in range(0, len(masses), BLOCK):
        shared = (weighs[start : start + BLOCK] @ holds).toarray()
        first, second = np.nonzero((shared > 0) & (shared >= least * masses[start : start + BLOCK, None]))
        weights = shared[first, second]
        first = first + start
        once = (masses[first] < masses[second]) | ((masses[first] == masses[second]) & (first < second))
        found.append((first[once], second[once], weights[once]))
    pairs = Pairs(*(np.concatenate(part) for part in zip(*found, strict=True)))
    if wanted is None:
        return pairs
    return pairs.only(wanted[pairs.lighter] | (wanted[pairs.heavier] & ~np.bool_(lighter)))


def main(folder: Path) -> int:
    """Compare, and print what came out.

    Args:
        folder: Path.

    Returns:
        Integer, how many pairs were missed.
    """
    articles = read_folder(folder, ReadRules()).articles
    found = {(match.a, match.b): match.score for match in LocalEngine().find_matches(articles, FindRules()).matches}
    languages = defaultdict(list)
    for article in articles:
        languages[article.language].append(article)
    wanted = {}
    for own in languages.values():
        ids, postings = [article.id for article in own], [fingerprint(article) for article in own]
        wanted |= {(m.a, m.b): m.score for m in find_scored(ids, postings, FindRules(), join_all).matches}
    missed = wanted.keys() - found.keys()
    unequal = sum(found[pair] != score for pair, score in wanted.items() if pair in found)
    print(f"{len(articles):,} articles, {len(wanted):,} pairs over the threshold by a look at all pairs")
    print(
        f"{len(missed):,} of them missed, {unequal:,} with another score, {len(found.keys() - wanted.keys()):,} found besides"
    )
    return len(missed)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) > 0)
