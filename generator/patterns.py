"""Patterns, compiled once and kept beside this program's compiled modules: each start would take 19 ms to compile them."""

import pickle
import sys
from functools import cache
from hashlib import blake2b

import regex

from generator.laid_out import keep, recall

_NAME = "patterns"
# A pattern that another version of regex compiled might crash this one.
_ORIGINS = (
    __file__,
    *sorted({str(module.__file__) for name, module in sys.modules.items() if name.startswith("regex")}),
)
_DIGEST = 16

_compiled: dict[tuple[str, int], regex.Pattern[str]] = {}


def compile_pattern(text: str, flags: int = 0) -> regex.Pattern[str]:
    """Compile a pattern, or take it as it was compiled at an earlier start.

    Args:
        text: String, a regular expression as `regex` understands it.
        flags: Integer, flags of `regex`.

    Returns:
        Pattern, the same as `regex.compile` gives.
    """
    key = text, int(flags)
    known = _kept().get(key)
    if known is None:
        known = _compiled[key] = regex.compile(text, flags)
    return known


def keep_patterns() -> None:
    """Keep what this process had to compile for the next ones."""
    if _compiled:
        keep(_NAME, _ORIGINS, lambda: _seal(pickle.dumps({**_kept(), **_compiled})))
        _compiled.clear()


@cache
def _kept() -> dict[tuple[str, int], regex.Pattern[str]]:
    held = recall(_NAME, _ORIGINS)
    if held is None or _seal(content := bytes(held[_DIGEST:])) != held:
        return {}
    kept: dict[tuple[str, int], regex.Pattern[str]] = pickle.loads(content)  # noqa: S301 - who can write there can write this module
    return kept


def _seal(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST).digest() + content
