"""The seam: what an engine does. Engines decide where work is done, never what comes out of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from generator.again import Drawer
from generator.found import Found
from generator.read.files import Opener
from generator.rules import FindRules
from generator.values import Article

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """Where the work is done.

    Attributes:
        here: Boolean; true where all work is done on this machine, so that it may use the same folders.
        opener: Opener, or None where this process opens files best.
    """

    @property
    def here(self) -> bool:
        """Whether work is done on this machine."""

    @property
    def opener(self) -> Opener | None:
        """What opens files where work is done."""

    def find_matches(self, articles: Sequence[Article], rules: FindRules, drawer: Drawer | None = None) -> Found:
        """All pairs of articles in one language that match, and what else they have in common.

        A pair matches where its score reaches the threshold and both articles share something rare, as `share_rare` tells. Pairs of
        two articles of the archive are none.

        Args:
            articles: Sequence of Article, with distinct ids.
            rules: FindRules.
            drawer: Drawer, where an engine may keep what spares work the next time, or None; it changes nothing of what is found.

        Returns:
            Found: the pairs, what of their articles is formula, and what articles of other pairs share word for word;
            complete: no such pair is missing.

        Raises:
            EngineError: Where the engine can't run; the message says what was running.
        """
        ...

    def map(self, function: Callable[[Item], Result], items: Iterable[Item], seconds: float = 0) -> Iterator[Result]:
        """function(item) for each item, in the items' order.

        Args:
            function: Callable that can be pickled.
            items: Iterable of values that can be pickled.
            seconds: Float, about how long one item takes, so that processes need not wait until that is measured; 0 where it is
                not known.

        Returns:
            Iterator of the results.

        Raises:
            EngineError: Where the engine can't run; the message says what was running.
        """
        ...

    def ahead(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> AbstractContextManager[Callable[[], list[Result]]]:
        """Begin with work that may be wanted later, where a core is idle meanwhile.

        Args:
            function: Callable that can be pickled.
            items: Iterable of values that can be pickled.

        Returns:
            Context manager; what it gives is to be called once, when the results are wanted, and tells those of the first items,
            as many as there are by then.
        """
        ...
