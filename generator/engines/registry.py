"""Name → engine. What an engine needs is loaded once it is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from generator.engines.base import Engine
from generator.engines.local import LocalEngine
from generator.errors import SettingsError
from generator.rules import RunRules


def make_engine(name: str) -> Engine:
    """The engine of that name that needs no ending.

    Args:
        name: String, `local`.

    Returns:
        Engine.

    Raises:
        SettingsError: Where no such engine has that name.
    """
    if name != "local":
        raise SettingsError(f"engine {name!r} is unknown; take 'local'")
    return LocalEngine()


@contextmanager
def open_engine(rules: RunRules) -> Iterator[Engine]:
    """The engine that rules name; ended, with all that it started, when the work is done.

    Args:
        rules: RunRules.

    Yields:
        Engine.

    Raises:
        EngineError: Where the engine can't run; some say so with the first piece of work.
    """
    if rules.engine == "local":
        yield LocalEngine(pieces=rules.partitions)
        return
    from generator.engines.spark.engine import SparkEngine

    with SparkEngine(rules) as engine:
        yield engine
