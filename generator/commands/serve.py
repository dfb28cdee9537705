"""`twicetold serve`: build, show in a browser, and build again whenever something changes."""

import os
import signal
import sys
import tempfile
import threading
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from generator.cache import Cache
from generator.commands.build import print_summary
from generator.commands.common import (
    FINDING,
    CacheFolder,
    Config,
    Content,
    NoCache,
    build_date,
    cache_here,
    settings_here,
    takes_settings,
)
from generator.commands.progress import progress
from generator.errors import GeneratorError, SettingsError
from generator.rules import SiteRules
from generator.settings import CONFIG_NAME, Flags

if TYPE_CHECKING:
    from generator.serve import Server

LAST_PORT = 65535
TICK = 250
"""Milliseconds after which it is looked anew at what is to be watched."""


@takes_settings(*FINDING, "public", "search", "anonymise", "engine", "master")
def serve(
    content: Content = Path("content"),
    port: Annotated[int, typer.Option(help="The port on this machine; 0 takes a free one.", metavar="PORT")] = 8000,
    show: Annotated[bool, typer.Option("--open", help="Open the site in the browser.")] = False,
    *,
    flags: Flags,
    config: Config = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
) -> None:
    """Build, show the site on this machine, and build again and reload whenever an article or setting changes."""
    from generator.serve import Builds, Server

    if not 0 <= port <= LAST_PORT:
        raise SettingsError(f"--port is {port}; it must be from 0 to {LAST_PORT}, such as 8080")
    kept = cache_here(cache, not no_cache, quiet=False)
    # Whoever ends it otherwise, as service managers do, wants the site gone from the disk too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="twicetold-") as folder:
        site = Path(folder) / "site"
        server = Server(site, port, Builds())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"{server.address} shows {content}; it is rebuilt as it changes. Stop with Ctrl-C.", flush=True)
        try:
            for number, _ in enumerate(_changes(content, config, flags)):
                _build(content, site, config, flags, server, kept)
                if show and not number:
                    webbrowser.open(server.address)
        except KeyboardInterrupt:
            print("stopped")
        finally:
            server.shutdown()
            server.server_close()


def _changes(content: Path, config: Path | None, flags: Flags) -> Iterator[None]:
    """Yield at once, and then whenever something that a build depends on changed, even while the last build ran."""
    from watchfiles import watch

    due = True
    while True:
        paths = _watched(content, config, flags)
        ticks = watch(*paths, raise_interrupt=True, debounce=400, yield_on_timeout=True, rust_timeout=TICK)
        # What is to be watched is looked at anew at each tick: settings name other folders, and folders come and go. It is
        # watched before it is built, so that what comes into a new folder while the build runs is not missed.
        while True:
            try:
                changed = next(ticks)
            except FileNotFoundError:
                due = True
                break
            if paths != _watched(content, config, flags):
                due = True
                break
            if due or changed:
                due = False
                yield


def _watched(content: Path, config: Path | None, flags: Flags) -> list[Path]:
    """What a build depends on, as far as it is there."""
    here = config or Path(CONFIG_NAME)
    beside = [here, here.parent / "templates", content.absolute().parent / "reviews"]
    try:
        settings, _ = settings_here(config, flags)
        own, reviews = settings.site.templates, settings.site.reviews
        beside += [Path(own)] if own != SiteRules().templates else []
        beside += [Path(reviews)] if reviews not in (SiteRules().reviews, "none") else []
        beside += map(Path, settings.read.against)
        beside += [Path(settings.find.boilerplate)] if settings.find.boilerplate else []
    except GeneratorError:
        pass
    if not content.is_dir():
        # The folder may still come.
        beside.append(content.absolute().parent)
    return [path for path in dict.fromkeys([content, *beside]) if path.exists()]


def _build(content: Path, site: Path, config: Path | None, flags: Flags, server: "Server", cache: Cache | None) -> None:
    """Build, and note how it ended; what can be mended ends in a message, and the last site stays."""
    from generator.build import build_site
    from generator.engines.registry import open_engine

    started = time.perf_counter()
    try:
        settings, _ = settings_here(config, flags)
        with progress(quiet=False) as shown, open_engine(settings.run) as engine:
            built_on = build_date(os.environ)
            summary = build_site(content, site, settings, engine, built_on=built_on, cache=cache, watch=shown)
    except GeneratorError as error:
        for line in str(error).splitlines():
            print(f"twicetold: {line}", file=sys.stderr, flush=True)
        server.builds.end(str(error))
        return
    print_summary(summary, time.perf_counter() - started, server.address)
    sys.stdout.flush()
    server.builds.end()
