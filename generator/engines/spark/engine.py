"""Apache Spark: work on articles, and blocks of the product of all pairs, on the executors of a cluster."""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from generator.again import Drawer
from generator.agreement import Counts, Flags
from generator.engines.base import Item, Result
from generator.engines.finding import find_in_languages
from generator.engines.product import COLUMNS, Product, join_densely
from generator.engines.spark.addresses import Addresses
from generator.engines.spark.handed import hand_out
from generator.engines.spark.kept_pairs import digest_join, pack_pairs, unpack_pairs
from generator.engines.spark.room import Room
from generator.engines.spark.session import Session, is_here
from generator.engines.spark.tasks import Done, RunBatch, name_function, open_done
from generator.formula import Pairs, join_pairs
from generator.found import Found
from generator.kept import fingerprint_all
from generator.overlap import fits_densely
from generator.parts import Hold
from generator.read.files import Opener
from generator.read.walk import Found as File
from generator.read.walk import Part
from generator.rules import FindRules, RunRules
from generator.scored import digest_articles
from generator.stack import Stack
from generator.values import Article

# Batches of one job for each core, how long one should take, and how much may come back of all batches of a job.
_BATCHES = 4
_SECONDS = 1.0
_BYTES = 2**25
# Items of a batch before anything is known of them, and at most.
_FIRST, _MOST = 4, 1000
# Articles that are columns of one block, at least: each block looks at all lighter articles.
_FEWEST = 512
# Jobs that are sent ahead, so that executors need not wait for what this machine does with the results.
_AHEAD = 2


class SparkEngine:
    """Finds matches on the executors of Spark. The session starts with the first piece of work.

    Attributes:
        rules: RunRules.
        here: Boolean, as in Engine; so is the next.
        opener: Opener.
        sent: Integer, bytes that executors were sent; what each of them gets is counted once, and on one machine as on a cluster.
        received: Integer, bytes that came back.
    """

    def __init__(self, rules: RunRules) -> None:
        self.rules = rules
        self.here = is_here(rules.master)
        self.sent = self.received = 0
        self._session: Session | None = None
        self._joins = 0
        self._room = Room(self._name_file, self._offer)
        self._far: Addresses | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the session."""
        if self._session:
            self._session.close()
            self._session = self._far = None

    @property
    def opener(self) -> Opener:
        """See Engine."""
        return self

    def list_files(self, address: str, max_depth: int) -> tuple[File, ...]:
        """See Opener."""
        return self._addresses.list_files(address, max_depth)

    def split_table(self, found: File) -> tuple[list[Part], int]:
        """See Opener."""
        return self._addresses.split_table(found)

    def map_files(self, function: Callable[[File], Result], items: Sequence[File]) -> Iterator[Result]:
        """See Opener."""
        return self._addresses.map_files(function, items) if items and items[0].address else self.map(function, items)

    def find_matches(self, articles: Sequence[Article], rules: FindRules, drawer: Drawer | None = None) -> Found:
        """See Engine."""
        digests = digest_articles(articles).tolist() if drawer else []
        self._joins = 0
        join = partial(self._join, drawer)
        # One article alone needs no session.
        hold: Hold = self._room.hold if len(articles) > 1 else list
        try:
            postings = fingerprint_all(articles, digests, drawer, self.map, hold)
            return find_in_languages(articles, postings, rules, join, self.map, drawer, digests, hold)
        finally:
            self._room.clear(self._let_go)

    def ahead(
        self,
        function: Callable[[Item], Result],  # noqa: ARG002
        items: Iterable[Item],  # noqa: ARG002
    ) -> AbstractContextManager[Callable[[], list[Result]]]:
        """See Engine; no core is known to be idle."""
        return nullcontext(list)

    def map(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        seconds: float = 0,  # noqa: ARG002
    ) -> Iterator[Result]:
        """See Engine; results come back in batches, and few of them at a time. One item alone is not worth the way."""
        waiting = iter(items)
        few = list(islice(waiting, 2))
        if len(few) < 2:
            yield from map(function, few)
            return
        # So few that every core gets some of them.
        size = min(_FIRST, -(-len(items) // self._pieces)) if isinstance(items, Sized) else _FIRST
        yield from self._spread(function, chain(few, waiting), size)

    def _spread(self, function: Callable[[Item], Result], waiting: Iterator[Item], size: int) -> Iterator[Result]:
        """As map; the first batches are of some size."""
        session = self._started
        # Sent once; what parts of work have in common is a part of the function.
        handed = hand_out(function, session.name_file(), self._room.lying)
        self.sent += len(handed.packed)
        for file in handed.files:
            self._offer(file)
        # While executors work, this machine does not look at what lies there.
        self._room.forget()
        jobs: deque[Future[list[Done]]] = deque()
        with ThreadPoolExecutor(_AHEAD) as threads:
            try:
                while True:
                    while len(jobs) < _AHEAD and (batches := self._batches(waiting, size)):
                        jobs.append(threads.submit(_run, session, name_function(function), RunBatch(handed), batches))
                    if not jobs:
                        return
                    for done in jobs.popleft().result():
                        self.received += len(done.results)
                        results = open_done(done, function)
                        size = _fit(len(results), done, _BYTES // self._pieces)
                        yield from results
            finally:
                for job in jobs:
                    job.cancel()
                wait(jobs)
                if handed.file:
                    session.let_go(handed.file)

    def _name_file(self) -> Path:
        return self._started.name_file()

    def _offer(self, file: Path) -> None:
        self.sent += self._started.share(file)

    def _let_go(self, file: Path) -> None:
        self._started.let_go(file)

    def _batches(self, items: Iterator[Any], size: int) -> list[bytes]:
        """The items of a job."""
        batches = (list(islice(items, size)) for _ in range(self._pieces))
        packed = [pickle.dumps(batch, pickle.HIGHEST_PROTOCOL) for batch in batches if batch]
        self.sent += sum(map(len, packed))
        return packed

    def _join(
        self,
        drawer: Drawer | None,
        stacked: Stack,
        masses: Counts,
        least: float,
        wanted: Flags | None = None,
        lighter: bool = False,
    ) -> Pairs:
        """See Join; a join that an earlier build finished, which did not come to its own end, is not taken again."""
        if fits_densely(stacked):
            return join_densely(stacked, masses, least, wanted, lighter)
        self._joins += 1
        digest = digest_join(stacked, masses, least, wanted, lighter) if drawer else b""
        name = f"join {self._joins}"
        pairs = unpack_pairs(drawer.get(name), digest) if drawer else None
        if pairs is None:
            size = max(_FEWEST, min(-(-len(masses) // self._pieces), COLUMNS))
            product = Product(stacked, masses, least, wanted, lighter)
            pairs = join_pairs(self._spread(product.join, iter(product.list_blocks(size)), 1))
            if drawer:
                drawer.put(name, pack_pairs(pairs, digest))
        return pairs

    @property
    def _pieces(self) -> int:
        """Into how many pieces work is cut at least."""
        return self.rules.partitions or _BATCHES * self._started.cores

    @property
    def _addresses(self) -> Addresses:
        if self._far is None:
            self._far = Addresses(self._started)
        return self._far

    @property
    def _started(self) -> Session:
        if self._session is None:
            self._session = Session(self.rules)
        return self._session


def _run(session: Session, name: str, work: RunBatch, batches: list[bytes]) -> list[Done]:
    rows = session.context.parallelize(batches, len(batches)).map(work)
    done: list[Done] = session.run(name, rows.collect)
    return done


def _fit(count: int, done: Done, most: int) -> int:
    """How many items the next batches should hold, each of which may give so many bytes."""
    by_time = count * _SECONDS / max(done.seconds, 1e-6)
    by_size = count * most / max(len(done.results), 1)
    return int(max(1, min(by_time, by_size, 4 * count, _MOST)))
