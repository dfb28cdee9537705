"""`twicetold compare`: two articles, or two lots of them, without a site."""

import sys
from collections.abc import Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.commands.common import Config, settings_here, takes_settings
from generator.commands.output import print_json
from generator.errors import ContentError, SettingsError, WriteError
from generator.rules import Settings
from generator.settings import Flags

if TYPE_CHECKING:
    from generator.findings import PlacedPassage
    from generator.found import CommonPassage, Match, PairNumbers
    from generator.pairing import Paired
    from generator.values import Article, Corpus

STDIN = "-"


@takes_settings("threshold", "boilerplate", "anonymise")
def compare(
    a: Annotated[str, typer.Argument(help="A file, a folder, or - for standard input.", metavar="A")],
    b: Annotated[str, typer.Argument(help="Another one.", metavar="B")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            help="Write one page that needs nothing else, to mail or print.", metavar="FILE", show_default=False
        ),
    ] = None,
    *,
    flags: Flags,
    config: Config = None,
) -> None:
    """Compare two articles, or list the matches between two folders."""
    settings, _ = settings_here(config, flags)
    if a == b == STDIN:
        raise SettingsError("only one of the two can be standard input; name a file or folder for the other")
    one, other = _read_both(a, b, settings)
    if len(one.articles) == len(other.articles) == 1:
        _compare_two(one, other, settings, as_json, html)
    elif html:
        raise SettingsError(
            "--html shows two articles; name two files, or build a site: twicetold build " + (a if a != STDIN else b)
        )
    else:
        _compare_lots(one, other, settings, as_json)


def _read_both(a: str, b: str, settings: Settings) -> tuple["Corpus", "Corpus"]:
    """Read both sides, under neutral names where the settings ask for them, and say what is wrong with either."""
    from generator.pairing import hide_names

    one, other = _read(a, settings), _read(b, settings)
    for item in (*one.left_out, *other.left_out):
        print(f"left out: {item.path}: {item.reason}", file=sys.stderr)
    one, other, names = hide_names(one, other, settings)
    for line in names:
        print(f"names: {line}", file=sys.stderr)
    return one, other


def _read(name: str, settings: Settings) -> "Corpus":
    from generator.read.boilerplate import mark_boilerplate
    from generator.read.folder import read_bytes, read_file, read_folder

    try:
        if name == STDIN:
            corpus = read_bytes(sys.stdin.buffer.read(), "standard-input")
        else:
            path = Path(name)
            corpus = (read_folder if path.is_dir() else read_file)(path, settings.read)
        return mark_boilerplate(corpus, settings.find.boilerplate)
    except OSError as error:
        raise ContentError(f"{name} can't be read: {error.strerror or error}") from error


def _compare_two(one: "Corpus", other: "Corpus", settings: Settings, as_json: bool, html: Path | None) -> None:
    from generator.engines.registry import make_engine
    from generator.identity import join_digests
    from generator.pages.pair import make_pair_page
    from generator.pairing import pair_articles

    (first,), (second,) = one.articles, other.articles
    digest = join_digests((one.digest, other.digest))
    paired = pair_articles(first, second, settings, make_engine("local"), digest)
    page = make_pair_page(paired.report, paired.provenance, settings.site, paired.reason)
    if html:
        _write(page, html)
    if as_json:
        print_json(_data_of(paired, settings))
    elif html:
        print(f"{page.finding.sentence}\n{html}")
    else:
        from generator.terminal import show_pair

        print(show_pair(page), end="")


def _write(page: Any, file: Path) -> None:  # noqa: ANN401 - a page as render takes it
    from generator.render import make_environment, render
    from generator.template_folders import templates_folder

    try:
        file.write_bytes(render(page, make_environment(templates_folder())).content)
    except OSError as error:
        raise WriteError(f"{file} can't be written: {error.strerror or error}; name another file") from error


def _data_of(paired: "Paired", settings: Settings) -> dict[str, Any]:
    from generator.export import cluster_data, shown_share

    return {
        "reported": paired.reported,
        "reason": paired.reason,
        "score": shown_share(paired.score),
        "threshold": settings.find.threshold,
        **cluster_data(paired.report),
    }


def _compare_lots(one: "Corpus", other: "Corpus", settings: Settings, as_json: bool) -> None:
    from generator.engines.registry import make_engine
    from generator.pairing import distinct, pair_lots

    first, second = distinct(one.articles, other.articles)
    lots = pair_lots(first, second, settings, make_engine("local"))
    texts = {article.id: article for article in (*first, *second)}
    ids = {article.id for article in first}
    pairs = [(*_in_order(pair.match, ids), pair) for pair in lots.pairs]
    passages = [(*_in_order(one.passage, ids), one) for one in lots.passages]
    if as_json:
        rows = [{**_names(a, b, texts), **_row(a, pair)} for a, b, pair in pairs]
        shared = [{**_names(a, b, texts), **_passage(a, placed)} for a, b, placed in passages]
        told = {"threshold": settings.find.threshold, "pairs": rows, "passages": shared}
        print_json(told)
        return
    for a, b, pair in pairs:
        print(f"{pair.match.score:.2f}  {pair.verdict:14}  {texts[a].path}  {texts[b].path}")
    found = "1 match" if len(pairs) == 1 else f"{len(pairs):,} matches"
    print(
        f"{found} between {len(first):,} and {len(second):,} articles, from a score of {settings.find.threshold:g} on"
    )
    if passages:
        print("\nNo match, but a passage word for word:")
    for a, b, placed in passages:
        print(f"{placed.passage.length:,} words  {texts[a].path}  {texts[b].path}")


def _in_order(both: "Match | CommonPassage", first: Set[str]) -> tuple[str, str]:
    """The two ids, that of the first lot in front."""
    return (both.a, both.b) if both.a in first else (both.b, both.a)


def _names(a: str, b: str, texts: Mapping[str, "Article"]) -> dict[str, str]:
    return {"a": a, "b": b, "a_path": texts[a].path, "b_path": texts[b].path}


def _passage(a: str, one: "PlacedPassage") -> dict[str, Any]:
    from generator.export import shown_share

    own, other = (one.a, one.b) if one.passage.a == a else (one.b, one.a)
    return {
        "words": one.passage.length,
        "a_share": shown_share(own.share),
        "b_share": shown_share(other.share),
        "a_span": own.span,
        "b_span": other.span,
    }


def _row(a: str, pair: "PairNumbers") -> dict[str, Any]:
    from generator.export import shown_share

    match, straight = pair.match, pair.match.a == a
    shares = {
        "score": match.score,
        "reuse": match.reuse,
        "a_in_b": match.a_in_b if straight else match.b_in_a,
        "b_in_a": match.b_in_a if straight else match.a_in_b,
        "a_verbatim": pair.a_verbatim if straight else pair.b_verbatim,
        "b_verbatim": pair.b_verbatim if straight else pair.a_verbatim,
    }
    return {
        **{name: shown_share(value) for name, value in shares.items()},
        "longest_passage": pair.longest_passage,
        "verdict": pair.verdict,
        "source": pair.direction.source,
        "source_reason": pair.direction.reason,
    }
