"""Postings that lie in a file: a process takes of its memory what it looks at, and processes of one machine share that."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from generator.agreement import Counts
from generator.engines.spark.handed import forget, locate, map_file, write_file
from generator.fingerprint import Particulars, Posting
from generator.parts import TOGETHER
from generator.stack import Lay

# The arrays of a posting, of its particulars too, as they lie in the file.
_TYPES = {
    "keys": "u8",
    "weights": "i4",
    "order": "u8",
    "stems": "u4",
    "figures": "u8",
    "places": "u8",
    "owners": "i8",
    "names": "u8",
    "days": "u2",
}
# Articles of which each kind of array lies in one piece: who looks at one kind touches few pages of the others.
_PIECE = 2**12
_ALIGNED = 8
# So many are in the pairs of a part, at most.
_FEW = 2 * TOGETHER


class PostingFile(Sequence[Posting]):
    """Postings in a file; each is put together anew where it is asked for.

    Attributes:
        file: Path; workers find it with `locate`.
        spans: Array of integers, shape (n, 18): where each array of a posting begins and ends, in its own units.
        totals: Array of integers, shape (n,).
        offer: Callable of the file, called before workers are sent any of these, or None on a worker.
        lay: Lay, where this machine keeps their matrix, or None on a worker.
        whole: Memoryview, the file as it is mapped into memory.
    """

    def __init__(
        self,
        file: Path,
        spans: Counts,
        totals: Counts,
        offer: Callable[[Path], None] | None = None,
        lay: Lay | None = None,
        whole: memoryview | None = None,
    ) -> None:
        self.file, self.spans, self.totals, self.offer, self.lay = file, spans, totals, offer, lay
        self.whole = map_file(locate(file)) if whole is None else whole
        self._arrays = [np.frombuffer(self.whole, kind) for kind in _TYPES.values()]

    def __reduce__(self) -> tuple[Any, ...]:
        if self.offer:
            self.offer(self.file)
        return PostingFile, (self.file, self.spans, self.totals)

    def __len__(self) -> int:
        return len(self.totals)

    def __iter__(self) -> Iterator[Posting]:
        # Of what an earlier pass looked at, nothing is asked for soon.
        self.let_go()
        return super().__iter__()

    @overload
    def __getitem__(self, at: int) -> Posting: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Posting]: ...
    def __getitem__(self, at: int | slice) -> Posting | Sequence[Posting]:
        if isinstance(at, slice):
            # So it is where one piece is looked at after the other.
            self.let_go()
            return self.take(np.arange(*at.indices(len(self))))
        ends = self.spans[at].tolist()
        keys, weights, order, stems, figures, places, owners, names, days = (
            array[start:end] for array, start, end in zip(self._arrays, ends[::2], ends[1::2], strict=True)
        )
        own = Particulars(figures, places, owners, names, days)
        return Posting(keys, weights, int(self.totals[at]), own, order, stems)

    def end_to_end(self, name: str, start: int, stop: int) -> tuple[NDArray[Any], Counts]:
        """As the function of that name, without putting postings together."""
        self.let_go()
        kind = list(_TYPES).index(name)
        starts, ends = self.spans[start:stop, 2 * kind], self.spans[start:stop, 2 * kind + 1]
        array = self._arrays[kind]
        if (starts[1:] == ends[:-1]).all():
            return array[starts[0] : ends[-1]] if len(starts) else array[:0], ends - starts
        pieces = [array[begin:end] for begin, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return np.concatenate(pieces), ends - starts

    def take(self, numbers: Counts) -> Sequence[Posting]:
        """Choose some of them.

        Args:
            numbers: Array of integers, shape (k,).

        Returns:
            Sequence of Posting, in this order; many stay where they lie, and few are put together once and for all.
        """
        if len(numbers) <= _FEW:
            return [self[number] for number in numbers.tolist()]
        chosen = self.spans[numbers], self.totals[numbers]
        return PostingFile(self.file, *chosen, self.offer, self.lay, self.whole)

    def let_go(self) -> None:
        """Give back the memory of what was looked at; it is read again where it is asked for."""
        forget(self.whole)


def write_postings(
    postings: Iterable[Posting], file: Path, offer: Callable[[Path], None], lay: Lay | None = None
) -> PostingFile:
    """Put postings into a file, a few at a time.

    Args:
        postings: Iterable of Posting.
        file: Path; nothing is there yet.
        offer: Callable, as in PostingFile.
        lay: Lay, as there.

    Returns:
        PostingFile.
    """
    spans, totals, at = [np.zeros((0, 2 * len(_TYPES)), dtype=np.int64)], list[int](), 0
    waiting = iter(postings)
    with write_file(file) as stream:
        while few := list(islice(waiting, _PIECE)):
            totals += [posting.total for posting in few]
            columns = []
            for name, kind in _TYPES.items():
                parts = [getattr(posting if hasattr(posting, name) else posting.particulars, name) for posting in few]
                held = np.concatenate(parts).astype(kind)
                stream.write(held.data)
                stream.write(bytes(-held.nbytes % _ALIGNED))
                ends = at // held.itemsize + np.cumsum([len(part) for part in parts])
                columns += [ends - [len(part) for part in parts], ends]
                at += held.nbytes + -held.nbytes % _ALIGNED
            spans.append(np.stack(columns, axis=1))
    return PostingFile(file, np.concatenate(spans), np.array(totals, dtype=np.int64), offer, lay, map_file(file))
