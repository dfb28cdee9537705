"""`twicetold compare`: two articles, or two lots of them, without a site."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from generator.commands.common import Config, settings_here, takes_settings
from generator.errors import ContentError, SettingsError, WriteError
from generator.rules import Settings
from generator.settings import Flags

if TYPE_CHECKING:
    from generator.found import PairNumbers
    from generator.pairing import Paired
    from generator.values import Corpus

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
        print(json.dumps(_data_of(paired, settings), ensure_ascii=False, indent=2))
    elif html:
        print(f"{page.finding.sentence}\n{html}")
    else:
        from generator.terminal import show_pair

        print(show_pair(page), end="")


def _write(page: Any, file: Path) -> None:  # noqa: ANN401 - a page as render takes it
    from generator.render import make_environment, render, templates_folder

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
    pairs = pair_lots(first, second, settings, make_engine("local"))
    paths = {article.id: article.path for article in (*first, *second)}
    ids = {article.id for article in first}
    ordered = [(*((p.match.a, p.match.b) if p.match.a in ids else (p.match.b, p.match.a)), p) for p in pairs]
    if as_json:
        rows = [{"a": a, "b": b, "a_path": paths[a], "b_path": paths[b], **_row(a, pair)} for a, b, pair in ordered]
        print(json.dumps({"threshold": settings.find.threshold, "pairs": rows}, ensure_ascii=False, indent=2))
        return
    for a, b, pair in ordered:
        print(f"{pair.match.score:.2f}  {pair.verdict:14}  {paths[a]}  {paths[b]}")
    found = "1 match" if len(pairs) == 1 else f"{len(pairs):,} matches"
    print(
        f"{found} between {len(first):,} and {len(second):,} articles, from a score of {settings.find.threshold:g} on"
    )


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
