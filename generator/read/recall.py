"""Drafts → articles, those of drafts that were read before without looking at their text again."""

import hashlib
import json

from generator.again import Drawer
from generator.errors import ContentError
from generator.read.article import article_of
from generator.read.decode import clean
from generator.read.draft import Draft
from generator.values import Article

# What is kept of an article, in the order of its fields; what the draft says as it is need not be.
_KEPT = ("id", "title", "titled", "date", "source", "author", "language", "url", "place", "agency")


class Recall:
    """Makes articles of the drafts of one folder, and remembers them for the next time."""

    def __init__(self, drawer: Drawer | None, name: str) -> None:
        """Look up what was read the last time.

        Args:
            drawer: Drawer, or None to remember nothing.
            name: String that tells the folder from others of the same build.
        """
        self._drawer, self._name = drawer, f"read {name}"
        self._known: dict[str, list[str | bool]] = {}
        self._held: dict[str, list[str | bool]] = {}
        if drawer:
            try:
                self._known = dict(json.loads(drawer.get(self._name) or b"{}"))
            except (ValueError, TypeError):
                self._known = {}

    def article(self, draft: Draft | ContentError, path: str, stem: str) -> Article:
        """Make an article, as `article_of` does.

        Args:
            draft: Draft, or the error that stands for it.
            path: String.
            stem: String.

        Returns:
            Article.

        Raises:
            ContentError: As `article_of`; or the one that was given.
        """
        if isinstance(draft, ContentError):
            raise draft
        if self._drawer is None:
            return article_of(draft, path, stem)
        told = f"{stem}\n{draft!r}".encode("utf-8", "surrogatepass")
        key = hashlib.blake2b(told, digest_size=16).hexdigest()
        kept = self._known.get(key)
        if kept is None:
            article = article_of(draft, path, stem)
            self._held[key] = [getattr(article, name) for name in _KEPT]
            return article
        self._held[key] = kept
        fields = dict(zip(_KEPT, kept, strict=True))
        return Article(path=path, text=clean(draft.text).strip(), **fields)  # type: ignore[arg-type]

    def keep(self) -> None:
        """Keep what was read now, and nothing else."""
        if self._drawer and self._held.keys() != self._known.keys():
            self._drawer.put(self._name, json.dumps(self._held).encode())
