"""The default engine: one machine, all pairs through a sparse product, work on articles through processes."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from generator.again import Drawer
from generator.engines.base import Item, Result
from generator.engines.sharing import begin, share
from generator.found import Found
from generator.rules import FindRules
from generator.values import Article

if TYPE_CHECKING:
    from generator.agreement import Counts, Flags
    from generator.formula import Pairs
    from generator.stack import Stack

# To start processes and to send them work costs more than they give where less than so many seconds of it are left.
_WORTH_PROCESSES = 0.3
# How many seconds of work are looked at to tell how much is left; as many are sent to a process at once.
_SAMPLE = 0.01


class LocalEngine:
    """Finds matches on one machine.

    Attributes:
        processes: Integer from 1 up, how many processes and threads work side by side.
        worth: Float, seconds of work from which on processes are started; 0 starts them for the first item.
        pieces: Integer from 0 up: into how many blocks a join is cut at least; more of them take less memory.
        here: Boolean, as in Engine; so is the next.
        opener: None.
    """

    here = True
    opener = None

    def __init__(self, processes: int | None = None, worth: float = _WORTH_PROCESSES, pieces: int = 0) -> None:
        self.processes = processes or _usable_cores()
        self.worth = worth
        self.pieces = pieces

    def find_matches(self, articles: Sequence[Article], rules: FindRules, drawer: Drawer | None = None) -> Found:
        """See Engine."""
        # To load this takes longer than to read a small folder; by now another process may measure that.
        from generator.engines.finding import find_in_languages
        from generator.kept import fingerprint_all
        from generator.scored import digest_articles

        digests = digest_articles(articles).tolist() if drawer else []
        postings = fingerprint_all(articles, digests, drawer, self.map)
        return find_in_languages(articles, postings, rules, self._join, self.map, drawer, digests)

    def map(self, function: Callable[[Item], Result], items: Iterable[Item], seconds: float = 0) -> Iterator[Result]:
        """See Engine; small work is done here, and what is left of large work by processes."""
        items = list(items)
        spent = 0.0
        for done, item in enumerate(items):
            left = len(items) - done
            if spent >= _SAMPLE:
                seconds = spent / done
            if self.processes > 1 and (self.worth == 0 or seconds * left > self.worth):
                chunk = max(1, min(int(_SAMPLE / seconds), left // (4 * self.processes))) if seconds else 1
                yield from share(function, items[done:], self.processes, chunk)
                return
            started = time.perf_counter()
            result = function(item)
            spent += time.perf_counter() - started
            yield result

    def ahead(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> AbstractContextManager[Callable[[], list[Result]]]:
        """See Engine; another process does it."""
        items = list(items)
        return begin(function, items) if items and self.processes > 1 else nullcontext(list)

    def _join(
        self, stacked: "Stack", masses: "Counts", least: float, wanted: "Flags | None" = None, lighter: bool = False
    ) -> "Pairs":
        """See Join."""
        from generator.engines.product import COLUMNS, Product, are_few, join_densely, join_few
        from generator.formula import join_pairs
        from generator.overlap import fits_densely

        if fits_densely(stacked):
            return join_densely(stacked, masses, least, wanted, lighter)
        if wanted is not None and are_few(stacked, wanted):
            return join_few(stacked, masses, least, wanted, lighter)
        product = Product(stacked, masses, least, wanted, lighter)
        size = min(COLUMNS, -(-len(masses) // max(1, self.pieces)))
        return join_pairs(self.map(product.join, product.list_blocks(size)))


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
