"""The pictures of the documentation, taken anew of the sample; run as a program it writes them over the old ones in docs/."""

import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from tests.test_browser import find_browser

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
COMMAND = [sys.executable, "-m", "generator"]
WIDTH, TALLEST = 1160, 1200
COLUMNS = 100
BRIGHT = [
    (90, 92, 100),
    (255, 107, 107),
    (74, 222, 128),
    (250, 204, 21),
    (110, 168, 255),
    (213, 139, 255),
    (103, 232, 249),
]
THEME = TerminalTheme((27, 28, 32), (230, 230, 230), [*BRIGHT, (230, 230, 230)])
# What the first picture leaves out, so that finding and diff stand in one.
REST = "nav.contents, #tools, section:not([aria-labelledby=comparisons]), .comparison > :not(.heading, .sum, .rows)"


def main():
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        site = Path(folder) / "site"
        subprocess.run([*COMMAND, "build", ROOT / "content", "--out", site, "--quiet"], check=True, cwd=folder)
        page = next(path for path in (site / "clusters").glob("*.html") if (path.with_suffix(".json")).exists())
        browser = driver.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--headless"])
        view = browser.new_page(viewport={"width": WIDTH, "height": 820})
        view.goto(page.as_uri())
        below = view.locator("#comparisons").bounding_box()["y"] - 40
        head = {"x": 0, "y": 0, "width": WIDTH, "height": below}
        view.emulate_media(color_scheme="dark")
        view.screenshot(path=DOCS / "cluster.png", full_page=True, clip=head)
        view.emulate_media(color_scheme="light")
        top = view.locator("#comparisons").bounding_box()["y"] - 20
        view.screenshot(path=DOCS / "diff.png", full_page=True, clip={"x": 0, "y": top, "width": WIDTH, "height": 1300})
        view.locator(REST).evaluate_all("found => found.forEach(one => one.remove())")
        ends = [row.bounding_box() for row in view.locator(".row").all()]
        end = max(box["y"] + box["height"] for box in ends if box["y"] + box["height"] < TALLEST) + 16
        view.screenshot(path=DOCS / "page.png", full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": end})
        shot = browser.new_page(viewport={"width": 10, "height": 10})
        shot.set_content(terminal(Path(folder), "compare", "wire.txt", "ours.txt"))
        shot.locator("body").screenshot(path=DOCS / "compare.png")
        browser.close()


def terminal(folder, *arguments):
    """A page that shows what a command prints on a terminal with colour, whose files are those of docs/commands.md."""
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    for name in ("wire.txt", "ours.txt"):
        shown = re.search(rf"^\$ cat {name}\n(.*?)^\$ ", text, re.DOTALL | re.MULTILINE)
        (folder / name).write_text(shown[1], encoding="utf-8")
    inner, outer = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen([*COMMAND, *arguments], cwd=folder, stdout=outer, env=environment)
    os.close(outer)
    printed = b""
    try:
        while part := os.read(inner, 65536):
            printed += part
    except OSError:
        # The other end is closed: the command is done.
        pass
    process.wait()
    os.close(inner)
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"))  # noqa: PTH123, SIM115 - open until the end
    console.print(Text(f"$ twicetold {' '.join(arguments)}", "bold"))
    console.print(Text.from_ansi(printed.decode().replace("\r\n", "\n")))
    code = console.export_html(theme=THEME, inline_styles=True, code_format="{code}")
    style = "margin:0;padding:24px 30px;width:max-content;background:#1b1c20;color:#e6e6e6;font:17.5px/1.5 monospace"
    return f'<meta charset="utf-8"><body style="{style}"><pre style="margin:0;font:inherit">{code}</pre></body>'


if __name__ == "__main__":
    main()
