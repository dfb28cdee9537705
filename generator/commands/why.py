"""`twicetold why`: why two articles of a folder were matched or not."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.commands.common import FINDING, Config, settings_here, takes_settings
from generator.errors import ContentError, SettingsError
from generator.settings import Flags

if TYPE_CHECKING:
    from generator.values import Article
    from generator.why import Shared, Why

MOST = 12
"""Words that are listed."""


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
    one, other = _find(a, by_name, shown, content), _find(b, by_name, shown, content)
    if one is other:
        raise SettingsError(f"{a} and {b} are the same article; name two")
    told = explain(articles, one, other, settings.find, make_engine("local"))
    if as_json:
        print(json.dumps({"a": one.id, "b": other.id, **asdict(told)}, ensure_ascii=False, indent=2))
    else:
        _print(told, one, other)


def _find(name: str, by_name: Mapping[str, "Article"], shown: Mapping[str, "Article"], content: Path) -> "Article":
    """The article of an id or a path, which may begin with the folder; a hint names what is shown and nothing else."""
    path = Path(name)
    below = path.relative_to(content).as_posix() if path.is_relative_to(content) else path.as_posix()
    if found := by_name.get(name) or by_name.get(below):
        return found
    close = get_close_matches(name, [known for article in shown.values() for known in (article.id, article.path)], n=1)
    hint = f"; did you mean {close[0]!r}?" if close else "; name an id of data/articles.csv, or a path"
    raise ContentError(f"there is no article {name} in {content}{hint}")


def _print(told: "Why", one: "Article", other: "Article") -> None:
    from generator.percent import show_share

    print(told.reason)
    print(
        f"{show_share(told.a_in_b)} of {one.id} stands in {other.id}, {show_share(told.b_in_a)} the other way, by weight."
    )
    if told.score is not None and told.score < 0.995 * max(told.a_in_b, told.b_in_a):
        print(
            "The score is less than that: formula is set aside, little text, and figures or names that differ, count for less."
        )
    _print_list("What counted most", told.counted)
    _print_list("What was set aside as formula", told.set_aside)


def _print_list(title: str, items: Sequence["Shared"]) -> None:
    if items:
        print(f"\n{title}, of {len(items):,} words and pairs of words in both:")
    for item in items[:MOST]:
        print(f"  {100 * item.share:5.1f} %  {item.text}")
