"""Pages → files of HTML. Everything is escaped; styles and scripts stand inside each page, allowed by their hashes."""

import base64
import hashlib
from pathlib import Path
from typing import ClassVar, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from generator.errors import RenderError
from generator.outputs import Output


class Page(Protocol):
    """What render needs to know of a page; the template may use all of its values.

    Attributes:
        template: String, the name of its template.
        path: String, where it stands below the site folder.
    """

    template: ClassVar[str]

    @property
    def path(self) -> str:
        """Where it stands below the site folder."""


def templates_folder() -> Path:
    """Find the templates: beside the package's modules where it is installed, else at the top of the checkout.

    Returns:
        Path of the folder.

    Raises:
        RenderError: There is no such folder.
    """
    package = Path(__file__).parent
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / "base.html").is_file():
            return folder
    raise RenderError(f"there are no templates in {package / 'templates'}; install twicetold again")


def make_environment(folder: Path) -> Environment:
    """Make the Jinja environment of a templates folder, which escapes everything and refuses names it does not know.

    Templates may call `inline(name)`, which gives a style or script of the folder to stand in the page as it is, and
    `digest(name)`, which gives its hash for the content security policy.

    Args:
        folder: Path of the templates.

    Returns:
        Environment.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    texts: dict[str, str] = {}

    def read(name: str) -> str:
        if name not in texts:
            texts[name] = _read_inline(folder / name)
        return texts[name]

    environment.globals["inline"] = lambda name: Markup(read(name))  # noqa: S704 - our own styles and scripts
    environment.globals["digest"] = lambda name: digest(read(name))
    return environment


def render(page: Page, environment: Environment) -> Output:
    """Render a page with its template.

    Args:
        page: Page.
        environment: Environment of `make_environment`.

    Returns:
        Output, in UTF-8.

    Raises:
        RenderError: The template is missing or faulty; the message names it.
    """
    try:
        text = environment.get_template(page.template).render(page=page)
    except (TemplateError, TypeError, ValueError) as error:
        raise RenderError(
            f"templates/{page.template} can't be rendered for {page.path}: {error}; mend the template"
        ) from error
    return Output(page.path, text.encode("utf-8"))


def static_outputs(folder: Path, public: bool) -> tuple[Output, ...]:
    """Give the files of the site that no article shapes.

    Args:
        folder: Path of the templates.
        public: Boolean; where false, robots.txt asks search engines to stay away.

    Returns:
        Tuple of Output: `.nojekyll` (so that GitHub Pages serves the files as they are), all of `assets/`, `robots.txt`.
    """
    robots = "User-agent: *\nDisallow:\n" if public else "User-agent: *\nDisallow: /\n"
    assets = sorted(path for path in (folder / "assets").rglob("*") if path.is_file())
    return (
        Output(".nojekyll", b""),
        *(Output(path.relative_to(folder).as_posix(), path.read_bytes()) for path in assets),
        Output("robots.txt", robots.encode("ascii")),
    )


def digest(text: str) -> str:
    """Hash a style or script as a content security policy names it.

    Args:
        text: String, exactly what stands between the tags.

    Returns:
        String such as `'sha256-…'`, quoted, in base 64. Source: W3C, Content Security Policy Level 3, section 2.3.1.
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _read_inline(path: Path) -> str:
    """Read a style or script, refusing what would end its element early."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RenderError(f"{path} can't be read: {error}; put it back or install twicetold again") from error
    if "</" in text or "<!--" in text:
        raise RenderError(f"{path} holds `</` or `<!--`, which would end it inside a page; write it otherwise")
    return text
