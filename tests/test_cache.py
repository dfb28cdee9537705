"""A cache gives back what was put in, or nothing; it stays within its bounds, and nobody else may fill it."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cache import Cache, open_cache, user_folder
from generator.errors import CacheError
from generator.evidence import Direction, Voice
from generator.found import Match, PairNumbers
from generator.plain import from_plain, to_plain


def key(number):
    return f"{number:064x}"


def entries(cache):
    return [path for path in cache.folder.rglob("*") if path.is_file()]


@pytest.fixture
def cache(tmp_path):
    return open_cache(tmp_path / "deep" / "cache")


def test_what_was_put_in_comes_out(cache):
    cache.put(key(1), b"one")
    assert (cache.holds(key(1)), cache.get(key(1)), cache.get(key(2))) == (True, b"one", None)
    cache.put(key(1), b"")
    assert cache.get(key(1)) == b""


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1], lambda data: data + b"x", lambda _: b"", lambda data: data[::-1]]
)
def test_a_damaged_entry_is_a_miss_and_can_be_put_again(cache, harm):
    cache.put(key(1), b"one and more")
    (file,) = entries(cache)
    file.write_bytes(harm(file.read_bytes()))
    assert cache.get(key(1)) is None
    cache.put(key(1), b"again")
    assert cache.get(key(1)) == b"again"


def test_what_was_of_no_use_for_longest_goes_first(cache):
    small = Cache(cache.folder, limit=1000)
    for number in range(8):
        small.put(key(number), bytes(100))
        for file in entries(small):
            found = file.stat()
            os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns - 10**9))
    small.get(key(0))
    small.trim()
    assert sum(file.stat().st_size for file in entries(small)) <= 1000
    assert [number for number in range(8) if small.holds(key(number))] == [0, 3, 4, 5, 6, 7]


def test_what_a_killed_build_left_goes_once_it_is_old(cache):
    cache.put(key(1), b"one")
    (file,) = entries(cache)
    fresh, forsaken = file.with_name("a.part"), file.with_name("b.part")
    for part in (fresh, forsaken):
        part.write_bytes(b"half")
    os.utime(forsaken, (0, 0))
    cache.trim()
    assert (fresh.exists(), forsaken.exists()) == (True, False)


def test_times_of_a_clock_that_was_ahead_keep_nothing_for_ever(cache):
    for number in (1, 2, 3):
        cache.put(key(number), b"x" * 100)
    ahead = sorted(entries(cache))[0]
    part = ahead.with_name("c.part")
    part.write_bytes(b"half")
    for file in (ahead, part):
        os.utime(file, (2**32, 2**32))
    Cache(cache.folder, 300).trim()
    assert not part.exists()
    assert not ahead.exists()
    assert len(entries(cache)) == 2


def test_a_folder_that_is_deleted_meanwhile_is_no_fault(cache):
    import shutil

    shutil.rmtree(cache.folder)
    assert cache.get(key(1)) is None
    cache.trim()
    cache.put(key(1), b"one")
    assert cache.get(key(1)) == b"one"


def test_a_new_folder_is_the_users_alone(cache):
    assert cache.folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("mode", [0o777, 0o775, 0o1777])
def test_a_folder_that_others_may_write_to_is_refused(tmp_path, mode):
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(mode)
    with pytest.raises(CacheError, match="others"):
        open_cache(shared)


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CacheError, match="--cache"):
        open_cache(tmp_path / "file")


def test_the_users_folder_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert user_folder() == tmp_path / "twicetold"


shares = st.floats(0, 1)
voices = st.tuples(st.builds(Voice, st.text(), st.text(), st.text(), st.booleans()))
directions = st.builds(Direction, st.text(), st.text(), st.text(), voices)
matches = st.builds(Match, st.text(), st.text(), shares, shares, shares)
numbers = st.builds(PairNumbers, matches, shares, shares, st.integers(), st.text(), directions, st.text())


@given(st.lists(numbers, max_size=3).map(tuple), st.dictionaries(st.text(), st.tuples(st.integers(), shares)))
def test_values_come_back_from_plain_lists_as_they_were(pairs, table):
    import json

    for kind, value in ((tuple[PairNumbers, ...], pairs), (dict[str, tuple[int, float]], table)):
        assert from_plain(kind, json.loads(json.dumps(to_plain(value)))) == value


@pytest.mark.parametrize("plain", [[["a", "b", 0.5]], 5, [5], [None]])
def test_plain_lists_of_another_shape_are_refused(plain):
    with pytest.raises((TypeError, ValueError)):
        from_plain(tuple[Match, ...], plain)
