"""Who is shown how far a build is; the seam between the flow and the terminal."""

from collections.abc import Iterable
from typing import TypeVar

Item = TypeVar("Item")


class Watch:
    """Somebody who is shown how far a stage is; this one doesn't look."""

    def begin(self, stage: str) -> None:
        """A stage begins of which no items pass, or not at once.

        Args:
            stage: String, the name of the stage.
        """

    def __call__(self, stage: str, items: Iterable[Item], count: int | None = None) -> Iterable[Item]:  # noqa: ARG002
        """The items of a stage as they pass. What happens between two of them belongs to the stage that was before.

        Args:
            stage: String, the name of the stage.
            items: Iterable.
            count: Integer, how many there are, or None where that isn't known.

        Returns:
            Iterable of the same items.
        """
        return items


UNWATCHED = Watch()
"""Nobody watches."""
