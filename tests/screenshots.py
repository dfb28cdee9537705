"""Pictures of every kind of page, for a person to look at; run as a program it writes them into tests/screenshots/."""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from generator.render import make_environment, render, static_outputs
from generator.rules import SiteRules
from generator.template_folders import templates_folder
from tests.articles import make_article
from tests.found import every_state, find, make_pages, many_clusters, read_news, reprints, retell
from tests.test_browser import find_browser

FOLDER = Path(__file__).parent / "screenshots"
TITLE = "Dock workers in Setubal walk out over night shifts and stop shipments from three car plants"


def family(number, step):
    """Findings of a cluster of that many, each further from the first."""
    story = read_news(400)
    return find(
        [
            make_article(
                f"told-{n:02}",
                retell(story, n * step, n),
                title=TITLE,
                date=f"2024-03-{n % 28 + 1:02}",
                source=f"Harbour News {n}",
            )
            for n in range(number)
        ]
    )


STATES = {
    "states": every_state,
    "six": lambda: family(6, 0.1),
    "forty": lambda: family(40, 0.01),
    "reprints": lambda: reprints(400),
    "long": lambda: many_clusters(1010),
}


def shown(name, page):
    """Whether a page of a state is worth a picture."""
    if name == "states":
        return page.template != "stub.html"
    return page.path == "index.html" if name == "long" else page.template == "cluster.html"


def main():
    environment = make_environment(templates_folder())
    static = static_outputs(templates_folder(), False)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(), args=["--no-sandbox", "--headless"])
        for name in sys.argv[1:] or STATES:
            made = list(make_pages(STATES[name](), SiteRules()))
            for output in (*static, *(render(page, environment) for page in made)):
                target = FOLDER / name / "site" / output.path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(output.content)
            for page, width, scheme in product(made, (1280, 360), ("light", "dark")):
                if shown(name, page):
                    picture(browser, FOLDER / name, page.path, width, scheme)
        browser.close()


def picture(browser, folder, path, width, scheme):
    view = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    view.goto((folder / "site" / path).as_uri())
    tall = view.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(tall, 5000)}
    view.screenshot(path=folder / f"{Path(path).stem}-{width}-{scheme}.png", full_page=True, clip=clip)
    view.close()


if __name__ == "__main__":
    main()
