"""pyphen's hyphenation dictionaries, of which only those patterns are parsed that some word asks for."""

from io import BytesIO
from pathlib import Path

import pyphen

_Pattern = tuple[int, tuple[int, ...]]
"""Where the first figure of a pattern stands, and its figures: as pyphen has it."""


class _Line:
    """One line of a dictionary, as a file that pyphen can read."""

    def __init__(self, line: str) -> None:
        self._line = line

    def open(self, mode: str) -> BytesIO:  # noqa: ARG002
        return BytesIO(b"UTF-8")

    def read_text(self, encoding: str) -> str:
        return f"{encoding}\n{self._line}"


def _parse(line: str) -> dict[str, _Pattern]:
    """The pattern that pyphen makes of a line, or none."""
    try:
        return dict(pyphen.HyphDict(_Line(line)).patterns)
    except ValueError:
        return {}


class _Patterns(dict[str, str | _Pattern]):
    """Patterns by their letters, each as the line that tells it until somebody asks for it."""

    def get(self, letters: str) -> _Pattern | None:  # type: ignore[override]
        """The pattern of some letters, as pyphen asks for it."""
        found = super().get(letters)
        if isinstance(found, str):
            found = self[letters] = _parse(found)[letters]
        return found


class _Dictionary(pyphen.HyphDict):  # type: ignore[misc]
    """What pyphen makes of a dictionary, in a fraction of the time: most patterns are those of words that no text has."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            encoding = file.readline().decode().strip()
        if encoding.lower() == "microsoft-cp1251":
            encoding = "cp1251"
        lines = [line.strip() for line in path.read_text(encoding).split("\n")[1:]]
        plain = [line for line in lines if not ("/" in line or "^" in line or line.startswith(pyphen.ignored))]
        letters = "\n".join(plain).encode().translate(None, b"0123456789").decode().split("\n")
        # A line without a digit is no pattern.
        self.patterns = _Patterns((own, line) for own, line in zip(letters, plain, strict=True) if own != line)
        for line in lines:
            if ("/" in line or "^" in line) and not line.startswith(pyphen.ignored):
                self.patterns.update(_parse(line))
        self.cache: dict[str, list[int]] = {}
        self.maxlen = max(map(len, self.patterns))


def load_hyphenation(language: str) -> None:
    """Load what pyphen hyphenates the words of a language by; from then on it has it at hand.

    Args:
        language: String, a language that pyphen knows.
    """
    path = pyphen.LANGUAGES[pyphen.language_fallback(language)]
    if path not in pyphen.hdcache:
        pyphen.hdcache[path] = _Dictionary(path)
