"""The content folder and the folders of an archive → one corpus, in which archived articles are marked."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import PurePath, PurePosixPath

from generator.again import Drawer
from generator.errors import ContentError
from generator.read.files import Opener
from generator.read.folder import read_folder, with_main_language
from generator.read.slugs import slug
from generator.read.walk import Place, folder_of, place_of, shown
from generator.rules import ReadRules
from generator.spill import change
from generator.values import Article, Corpus, LeftOut
from generator.watch import UNWATCHED, Watch


def read_all(
    content: Place,
    rules: ReadRules,
    watch: Watch = UNWATCHED,
    drawer: Drawer | None = None,
    opener: Opener | None = None,
) -> Corpus:
    """Read the articles of a folder, and those of the archive that they are to be compared with.

    An archived article has its folder's name in front of its path and of its id; where another article has that id, a number
    follows. An article of the content folder that is dated before `since` is archived too, and keeps path and id.

    Args:
        content: Place of the folder.
        rules: ReadRules.
        watch: Watch.
        drawer: Drawer, as in `read_folder`.
        opener: Opener, as in `read_folder`, or None.

    Returns:
        Corpus.

    Raises:
        ContentError: As `read_folder` of any of the folders; or one of them lies in another.
    """
    if not (rules.against or rules.since):
        return read_folder(content, rules, watch, drawer, opener)
    folders = tuple(map(place_of, rules.against))
    _refuse_overlap((content, *folders))
    corpora = [read_folder(folder, rules, watch, drawer, opener) for folder in (content, *folders)]
    articles = {article.id: _dated(article, rules.since) for article in corpora[0].articles}
    left_out = list(corpora[0].left_out)
    for label, corpus in zip(_labels(folders), corpora[1:], strict=True):
        for article in corpus.articles:
            name = _free(slug(f"{label}/{article.id}"), articles)
            articles[name] = change(article, id=name, path=f"{label}/{article.path}", archive=True)
        left_out += (LeftOut(f"{label}/{item.path}", item.reason) for item in corpus.left_out)
    ordered = tuple(with_main_language([articles[name] for name in sorted(articles)]))
    digest = hashlib.sha256("\n".join(corpus.digest for corpus in corpora).encode()).hexdigest()
    return Corpus(ordered, tuple(left_out), digest, sum(article.archive for article in ordered))


def _refuse_overlap(folders: Iterable[Place]) -> None:
    """Raise ContentError where an article would be read twice, as one of two folders."""
    seen: list[tuple[Place, PurePath]] = []
    for folder in folders:
        real = _real(folder)
        for other, known in seen:
            if real == known or real in known.parents or known in real.parents:
                raise ContentError(
                    f"the folders {other} and {folder} may not lie in one another, since articles would be found twice;"
                    " move one, or tell new articles from old ones with --since"
                )
        seen.append((folder, real))


def _labels(folders: Iterable[Place]) -> Iterator[str]:
    """The name of each folder; of two alike the later one gets a number."""
    given = set[str]()
    for folder in folders:
        name = _free(shown(_real(folder).name), given)
        given.add(name)
        yield name


def _real(folder: Place) -> PurePath:
    seen = folder_of(folder)
    return seen.resolve() if seen else PurePosixPath(str(folder))


def _free(name: str, taken: Iterable[str]) -> str:
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name}-{number}"
    return free


def _dated(article: Article, since: str) -> Article:
    """An article, marked where it is older than a day; one without a date is new, so that nothing escapes a check."""
    return change(article, archive=True) if since and article.date and article.date < since else article
