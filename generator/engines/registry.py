"""Name → engine."""

from generator.engines.base import Engine
from generator.engines.local import LocalEngine
from generator.errors import SettingsError


def make_engine(name: str) -> Engine:
    """The engine of that name.

    Args:
        name: String, `local`.

    Returns:
        Engine.

    Raises:
        SettingsError: Where no engine has that name.
    """
    if name != "local":
        raise SettingsError(f"engine {name!r} is unknown; take 'local'")
    return LocalEngine()
