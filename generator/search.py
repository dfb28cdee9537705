"""The articles' texts → the index that a search in the browser reads; made by Pagefind's program, where it is installed."""

import base64
import importlib
import importlib.util
import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Any

from generator.errors import SettingsError, WriteError
from generator.findings import Findings
from generator.outputs import Output
from generator.pages.frame import make_headline
from generator.pages.members import source_name
from generator.pages.numbers import show_date

FOLDER = "pagefind"
"""Where the index stands below the site folder."""
UNKNOWN = "unknown"
"""What Pagefind calls a language whose words it leaves as they are."""

_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
# Pagefind's own search boxes, which no page here uses.
_UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")


def find_program() -> Path:
    """Find Pagefind's program.

    Returns:
        Path; of the extended one, which also parts Chinese and Japanese words, where it is installed.

    Raises:
        SettingsError: It is not installed.
    """
    for package in _PACKAGES:
        if importlib.util.find_spec(package):
            return Path(importlib.import_module(package).get_executable())
    raise SettingsError(
        "site.search is true, but Pagefind, which makes the index, is not installed; "
        'install it: pip install "twicetold[search]", or build without site.search'
    )


def index_articles(findings: Findings) -> Iterator[Output]:
    """Index the text of each article that stands on a page.

    Where all are in one language, the endings of its words don't count; where they are in several, words are found as
    they stand, or by how they begin.

    Args:
        findings: Findings.

    Yields:
        Output, sorted by path; the same findings and the same Pagefind give the same bytes.

    Raises:
        SettingsError: Pagefind is not installed.
        WriteError: Pagefind failed.
    """
    inside = findings.homes
    languages = {article.language for article in findings.corpus.articles if article.id in inside} or {"und"}
    language = languages.pop().replace("und", UNKNOWN) if len(languages) == 1 else UNKNOWN
    requests = chain(
        [{"type": "NewIndex", "config": {}}],
        ({"type": "AddRecord", "index_id": 0, "language": language, **record} for record in _records(findings)),
        [{"type": "GetFiles", "index_id": 0}],
    )
    files = {file["path"]: file["content"] for file in _ask(find_program(), requests)["files"]}
    for path in sorted(files):
        if not path.startswith(_UNUSED):
            yield Output(f"{FOLDER}/{path}", base64.b64decode(files[path]))


def _records(findings: Findings) -> Iterator[dict[str, Any]]:
    """Give what Pagefind is told of each article in a cluster."""
    articles = {article.id: article for article in findings.corpus.articles}
    for cluster in findings.clusters:
        for member in cluster.members:
            article = articles[member]
            headline = make_headline(article)
            told = {
                "title": article.title,
                "source": source_name(article),
                "date": show_date(article.date),
                "story": "" if member == cluster.anchor else articles[cluster.anchor].title,
                "lang": headline.lang,
                "dir": headline.dir,
            }
            yield {
                "url": f"clusters/{cluster.anchor}.html#a-{member}",
                # Pagefind takes a zero-width space for the border of a word.
                "content": article.text.replace("\u200b", ""),
                "meta": {name: value for name, value in told.items() if value},
                "filters": None,
                "sort": None,
            }


def _ask(program: Path, requests: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Put requests to Pagefind one after the other, and give the last answer.

    Both sides speak JSON in base 64 with a comma behind each message, as Pagefind's own packages do.
    """
    # Its folder and a clean environment: no settings of Pagefind that lie about by chance may shape the index.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    answer: dict[str, Any] = {}
    try:
        with subprocess.Popen(  # noqa: S603 - a program of an installed package, without a shell
            [program, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=program.parent,
            env=environment,
        ) as running:
            assert running.stdin  # noqa: S101 - for the type checker: both are pipes
            assert running.stdout  # noqa: S101
            for number, request in enumerate(requests, 1):
                message = json.dumps({"message_id": number, "payload": request}).encode("ascii")
                running.stdin.write(base64.b64encode(message) + b",")
                running.stdin.flush()
                answer = _read_answer(running.stdout)
                if answer.get("type") == "Error":
                    raise WriteError(_fault(str(answer.get("message"))))
    except (OSError, ValueError) as error:
        raise WriteError(_fault(str(error))) from error
    return answer


def _read_answer(stream: IO[bytes]) -> dict[str, Any]:
    """Read one answer up to its comma."""
    parts: list[bytes] = []
    while not parts or not parts[-1].endswith(b","):
        # One read call at most: what comes may be less, and waiting for more would wait for ever.
        part = stream.read1(1 << 20)  # type: ignore[attr-defined]
        if not part:
            raise ValueError("it ended without an answer")
        parts.append(part)
    payload = json.loads(base64.b64decode(b"".join(parts)[:-1]))["payload"]
    return payload if isinstance(payload, dict) else {}


def _fault(reason: str) -> str:
    return f"Pagefind could not index the texts: {reason}; install it again, or build without site.search"
