"""Tasks → clusters told, those from the cache that were told before.

Every page shows the build's id and the digest of its input, which change with every article. So pages that are to be kept are
made with others in their place, which the task alone decides, and the true ones are put in afterwards: from the cache or not,
by the same way.
"""

import hashlib
import json
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from generator.again import Shelf
from generator.cache import Cache
from generator.engines.base import Engine
from generator.export import Entry
from generator.findings import Provenance
from generator.found import PairNumbers
from generator.frozen import dataclass
from generator.outputs import Output
from generator.pages.listing import ClusterRow
from generator.plain import from_plain, to_plain
from generator.rules import Settings
from generator.tell import Folders, Task, Told, tell
from generator.template_folders import own_digest

_LENGTH = 8
# How many threads unpack what is kept, and how many clusters they are ahead.
_THREADS, _AHEAD = 2, 16
# Where no more clusters than this are told anew, that is done before the others are unpacked.
_FEW = 16
# About how long it takes to tell a cluster.
_SECONDS = 0.01
# The names by which a template may ask for what differs from build to build.
_PASSING = (b"build_id", b"digest")


@dataclass(frozen=True, slots=True)
class Telling:
    """What all clusters of a build are told with.

    Attributes:
        provenance: Provenance.
        settings: Settings.
        folders: Folders.
        shelf: Shelf.
    """

    provenance: Provenance
    settings: Settings
    folders: Folders
    shelf: Shelf


def tell_all(tasks: Sequence[Task], telling: Telling, engine: Engine) -> Iterator[Told]:
    """Tell clusters.

    Args:
        tasks: Sequence of Task.
        telling: Telling.
        engine: Engine.

    Yields:
        Told, in the order of the tasks.

    Raises:
        RenderError: Where a template can't be rendered.
    """
    cache = telling.shelf.cache
    if cache is None or asks_for_passing(telling.folders[1]):
        plainly = partial(tell, provenance=telling.provenance, settings=telling.settings, folders=telling.folders)
        yield from engine.map(plainly, tasks, _SECONDS)
        return
    named = [(name_task(task, telling.shelf.making), task) for task in tasks]
    held = [cache.holds(key) for key, _ in named]
    # What works elsewhere leaves nothing on disks there.
    there = telling if engine.here else replace(telling, shelf=replace(telling.shelf, cache=None))
    anew = partial(_tell_and_keep, telling=there)
    waiting = [one for one, kept in zip(named, held, strict=True) if not kept]
    fresh, few = engine.map(anew, waiting, _SECONDS), len(waiting) <= _FEW
    if few:
        # No process is to be started beside threads.
        fresh = iter(list(fresh))
    recall = partial(_recall, cache=cache)
    keys = [key for (key, _), kept in zip(named, held, strict=True) if kept]
    with closing(_ahead(recall, keys) if few else _one_by_one(recall, keys)) as known:
        for one, kept in zip(named, held, strict=True):
            told = next(known) or anew(one) if kept else next(fresh)
            if not (kept or engine.here):
                _keep(one[0], told, telling)
            yield _with_true(told, one[0], telling.provenance)


def _one_by_one(recall: Callable[[str], Told | None], keys: Sequence[str]) -> Generator[Told | None, None, None]:
    for key in keys:
        yield recall(key)


def _ahead(recall: Callable[[str], Told | None], keys: Sequence[str]) -> Generator[Told | None, None, None]:
    """What is kept under keys, in order; threads read and unpack the next ones while the last are used."""
    # Without a cache there is nothing to be read ahead.
    from concurrent.futures import Future, ThreadPoolExecutor

    with ThreadPoolExecutor(_THREADS) as pool:
        waiting = deque[Future[Told | None]]()
        for key in keys:
            waiting.append(pool.submit(recall, key))
            if len(waiting) >= _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def name_task(task: Task, making: str) -> str:
    """Name a task by all that shapes what comes of it.

    Args:
        task: Task.
        making: String, as in Shelf.

    Returns:
        String of 64 hexadecimal digits.
    """
    # The representation of frozen values shows all of them, and floats to the last digit.
    return hashlib.sha256(f"{making}\n{task!r}".encode("utf-8", "surrogatepass")).hexdigest()


def asks_for_passing(own: Path | None) -> bool:
    """Tell whether a user's own templates may do more with build id and digest than show them.

    Args:
        own: Path of their folder, or None.

    Returns:
        Boolean; true where one of the two is named in any of them.
    """
    pages = own.rglob("*.html") if own else ()
    return any(name in page.read_bytes() for page in pages for name in _PASSING)


def pack(told: Told) -> bytes:
    """Turn what was told into bytes.

    Args:
        told: Told.

    Returns:
        Bytes.
    """
    known = [[told.row, told.entry, told.pairs], [(output.path, len(output.content)) for output in told.outputs]]
    head = json.dumps(to_plain(known)).encode()
    return zlib.compress(b"".join([b"%*d" % (_LENGTH, len(head)), head, *(o.content for o in told.outputs)]), 1)


def unpack(packed: bytes) -> Told:
    """Turn what `pack` gave back into what was told.

    Args:
        packed: Bytes.

    Returns:
        Told.

    Raises:
        ValueError: Where it is something else, as TypeError and zlib.error.
    """
    data = zlib.decompress(packed)
    at = _LENGTH + int(data[:_LENGTH])
    (row, entry, pairs), places = json.loads(data[_LENGTH:at])
    outputs = []
    for path, length in places:
        outputs.append(Output(path, data[at : at + length]))
        at += length
    return Told(
        tuple(outputs),
        from_plain(ClusterRow, row),
        from_plain(Entry, entry),
        from_plain(tuple[PairNumbers, ...], pairs),
    )


def _recall(key: str, cache: Cache) -> Told | None:
    packed = cache.get(key)
    try:
        return unpack(packed) if packed else None
    except (ValueError, TypeError, zlib.error):
        return None


def _tell_and_keep(named: tuple[str, Task], telling: Telling) -> Told:
    key, task = named
    passing, build_id = _stand_ins(key)
    provenance = replace(telling.provenance, digest=passing, build_id=build_id)
    told = tell(task, provenance, telling.settings, telling.folders)
    _keep(key, told, telling)
    return told


def _keep(key: str, told: Told, telling: Telling) -> None:
    # A template may be edited while a build runs, as `serve` invites to.
    if telling.shelf.cache and own_digest(telling.folders[1]) == telling.shelf.own:
        telling.shelf.cache.put(key, pack(told))


def _stand_ins(key: str) -> tuple[str, str]:
    """What stands for the digest and for the build id; no article can hold them, as they are digests of it."""
    digest, build_id = (hashlib.sha256(f"{key} {name}".encode()).hexdigest() for name in ("digest", "build id"))
    return digest, build_id


def _with_true(told: Told, key: str, provenance: Provenance) -> Told:
    digest, build_id = (part.encode() for part in _stand_ins(key))
    own_digest, own_id = provenance.digest.encode(), provenance.build_id.encode()
    outputs = tuple(
        Output(output.path, output.content.replace(digest, own_digest).replace(build_id, own_id))
        if output.path.endswith(".html")
        else output
        for output in told.outputs
    )
    return replace(told, outputs=outputs)
