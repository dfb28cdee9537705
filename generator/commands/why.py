"""`twicetold why`: why two articles of a folder were matched or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.commands.common import FINDING, Config, settings_here, takes_settings
from generator.commands.output import print_json
from generator.errors import ContentError, SettingsError
from generator.settings import Flags

if TYPE_CHECKING:
    from generator.standing import Standing
    from generator.values import Article
    from generator.why import Shared, Why

MOST = 12
"""Words that are listed."""
WIDEST = 240
"""Characters of a passage that are shown."""


@takes_settings(*FINDING, "anonymise")
def why(
    a: Annotated[str, typer.Argument(help="An article's id, or its path.", metavar="A")],
    b: Annotated[str, typer.Argument(help="Another one's.", metavar="B")],
    content: Annotated[Path, typer.Option(help="The folder of articles.", metavar="DIR")] = Path("content"),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
    *,
    flags: Flags,
    config: Config = None,
) -> None:
    """Tell why two articles of a folder were matched or not."""
    settings, _ = settings_here(config, flags)

    from generator.anonymise import anonymise as hide
    from generator.engines.registry import make_engine
    from generator.read.archives import read_all
    from generator.read.boilerplate import mark_boilerplate
    from generator.why import explain

    corpus = mark_boilerplate(read_all(content, settings.read), settings.find.boilerplate)
    articles, ids = corpus.articles, {article.id: article.id for article in corpus.articles}
    if settings.site.anonymise:
        hidden = hide(corpus, key=settings.site.anonymise_key)
        articles, ids = hidden.corpus.articles, hidden.ids
    shown = {article.id: article for article in articles}
    by_name = shown | {
        name: shown[ids[article.id]] for article in corpus.articles for name in (article.path, article.id)
    }
    folders = {content: "", **{Path(folder): f"{Path(folder).name}/" for folder in settings.read.against}}
    one, other = (_find(name, by_name, shown, folders) for name in (a, b))
    if one is other:
        raise SettingsError(f"{a} and {b} are the same article; name two")
    told = explain(articles, one, other, settings.find, make_engine("local"), settings.compare)
    if as_json:
        print_json({"a": one.id, "b": other.id, **asdict(told)})
    else:
        _print(told, one, other)


def _find(
    name: str, by_name: Mapping[str, "Article"], shown: Mapping[str, "Article"], folders: Mapping[Path, str]
) -> "Article":
    """The article of an id or a path, which may begin with its folder; a hint names what is shown and nothing else."""
    path = Path(name).resolve()
    known = [name, Path(name).as_posix()]
    for folder, label in folders.items():
        if path.is_relative_to(folder.resolve()):
            known.append(label + path.relative_to(folder.resolve()).as_posix())
    for each in known:
        if each in by_name:
            return by_name[each]
    close = get_close_matches(name, [known for article in shown.values() for known in (article.id, article.path)], n=1)
    hint = f"; did you mean {close[0]!r}?" if close else "; name an id of data/articles.csv, or a path"
    raise ContentError(f"there is no article {name} in {' or '.join(map(str, folders))}{hint}")


def _print(told: "Why", one: "Article", other: "Article") -> None:
    from generator.percent import show_share

    print(told.reason)
    print(
        f"{show_share(told.a_in_b)} of {one.id} stands in {other.id}, {show_share(told.b_in_a)} the other way, by weight."
    )
    if told.score is not None and told.score < 0.995 * max(told.a_in_b, told.b_in_a):
        print(
            "The score is less than that: formula, little text, other figures, names or days, or another telling speak against it."
        )
    for line in _relation(told.standing, one.id, other.id):
        print(line)
    _print_passages(told)
    _print_list("What counted most", told.counted)
    _print_list("What was set aside as formula", told.set_aside)


def _relation(standing: "Standing", a: str, b: str) -> Iterator[str]:
    """What a build tells of the two beside their score."""
    from generator.percent import show_share
    from generator.standing import FURTHER, KIN, PARENT

    source, copy = standing.source, standing.copy
    parents = dict(zip((a, b), standing.parents, strict=True))
    if standing.relation == PARENT:
        yield f"{copy} most likely took its text from {source}."
    elif standing.relation == FURTHER:
        brings = show_share(standing.brings or 0)
        yield (
            f"{source} is likely a further source of {copy}: {brings} of {copy}, by weight, stands in it and not in "
            f"{parents[copy] or 'its other sources'}, from which it most likely took the rest."
        )
    elif standing.relation == KIN:
        yield f"Both stand in the cluster of {standing.clusters[0]}, and neither likely took from the other:"
        for name, parent in parents.items():
            yield f"  {name} " + (
                f"most likely took its text from {parent}" if parent else "took from none of the others"
            )
    elif any(standing.clusters):
        for name, cluster in zip((a, b), standing.clusters, strict=True):
            yield f"{name} stands in " + (f"the cluster of {cluster}." if cluster else "no cluster.")


def _print_passages(told: "Why") -> None:
    if not told.passages:
        return
    words, longest = sum(passage.words for passage in told.passages), told.passages[0]
    count = "1 passage" if len(told.passages) == 1 else f"{len(told.passages):,} passages"
    # An article may hold signs that steer a terminal.
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in longest.text).split())
    shown = text if len(text) <= WIDEST else f"{text[: WIDEST - 1].rstrip()}…"
    print(f"\nWord for word they share {words:,} words in {count}; the longest has {longest.words:,}:\n  {shown}")
    if told.told_apart:
        print("A build lists it among the passages in common of articles that are no pair.")


def _print_list(title: str, items: Sequence["Shared"]) -> None:
    if items:
        print(f"\n{title}, of {len(items):,} words and pairs of words in both:")
    for item in items[:MOST]:
        print(f"  {100 * item.share:5.1f} %  {item.text}")
