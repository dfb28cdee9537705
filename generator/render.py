"""Pages → files of HTML. Everything is escaped; styles and scripts stand inside each page, allowed by their hashes."""

import base64
import hashlib
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Protocol

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from generator.errors import RenderError
from generator.outputs import Output
from generator.template_folders import BUILT_IN, files_of, read_bytes, templates_folder


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


class _Compiled(FileSystemBytecodeCache):
    """The built-in templates as Jinja has compiled them, kept beside them as Python keeps its modules.

    To compile them takes a quarter of a second, at every start. Whoever can write there can write the program itself.
    Jinja compares the digest of each template's source, its own version and that of Python; the options that templates
    are compiled with are part of the files' names.
    """

    def __init__(self, templates: Path, environment: Environment) -> None:
        options = [
            getattr(environment, name)
            for name in ("autoescape", "trim_blocks", "lstrip_blocks", "keep_trailing_newline", "code_generator_class")
        ]
        named = hashlib.sha256(repr(options).encode()).hexdigest()[:10]
        super().__init__(str(templates / "__pycache__"), f"{named}-%s.jinja")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fetch a compiled template where there is one; nothing that is wrong with it stops a build."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template where that is wanted, and where the folder may be written to."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)


def _escape(value: object) -> str:
    """What markupsafe's `escape` gives: most values have nothing to escape, and are not to be wrapped to say so."""
    if type(value) is str:
        special = "<" in value or "&" in value or ">" in value or '"' in value or "'" in value
        return escape(value) if special else value
    return value if type(value) is Markup else str(value) if type(value) is int else escape(value)


class _Directly(CodeGenerator):
    """Compiles built-in templates to ask for attributes as Python does: where they are there, an eighth of rendering is saved."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - as Jinja names it
        """Write `page.path` as it is, where Jinja would look for an item of that name too."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")


class _Template(Template):
    """A template with that; were Jinja to make templates in another way, they would escape in its own."""

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002
    ) -> Template:
        namespace["escape"] = _escape
        return super()._from_namespace(environment, namespace, globals)


@cache
def make_environment(folder: Path, own: Path | None = None) -> Environment:
    """Make the Jinja environment of a templates folder, which escapes everything and refuses names it does not know.

    One is made for each folder and kept, so that its templates are compiled but once.

    Templates may call `inline(name)`, which gives a style or script of the folder to stand in the page as it is, and
    `digest(name)`, which gives its hash for the content security policy.

    Args:
        folder: Path of the templates.
        own: Path of templates, styles and scripts that stand in for those of the same name, or None.

    Returns:
        Environment.
    """
    built_in = FileSystemLoader(folder)
    owned = [FileSystemLoader(own)] if own else []
    environment = Environment(
        loader=ChoiceLoader([*owned, built_in, PrefixLoader({BUILT_IN: built_in})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # A worker may outlive a build, after which somebody changes their own templates; the built-in ones stay as they are.
        auto_reload=own is not None,
    )
    environment.template_class = _Template
    # A user's own templates are not the program's: what they are compiled to is kept in no place of it.
    if own is None:
        environment.code_generator_class = _Directly
        environment.bytecode_cache = _Compiled(folder, environment)

    @cache
    def inline(name: str) -> Markup:
        return Markup(_read_inline(_find_inline(name, folder, own)))  # noqa: S704 - our own styles and scripts

    environment.globals["inline"] = inline
    environment.globals["digest"] = cache(lambda name: digest(inline(name)))
    return environment


def render(page: Page, environment: Environment) -> Output:
    """Render a page with its template.

    Args:
        page: Page.
        environment: Environment of `make_environment`.

    Returns:
        Output, in UTF-8.

    Raises:
        RenderError: The template is missing or faulty; the message names it, and the line where that is known.
    """
    try:
        text = environment.get_template(page.template).render(page=page)
        return Output(page.path, text.encode("utf-8"))
    except RenderError:
        raise
    except Exception as error:
        # A template is a program: it can fail in any way that a program can.
        place = _place(error, page.template)
        raise RenderError(f"{place} can't be rendered for {page.path}: {_reason(error)}; mend the template") from error


def check_own(own: Path) -> None:
    """Find what can be found of faulty templates before a long build begins.

    Args:
        own: Path of a user's own templates.

    Raises:
        RenderError: A template in it isn't well formed; the message names file and line.
    """
    environment = make_environment(templates_folder(), own)
    for path in files_of(own):
        name = path.relative_to(own).as_posix()
        if path.suffix != ".html" or name.startswith("assets/"):
            continue
        try:
            environment.get_template(name)
        except (TemplateError, UnicodeDecodeError) as error:
            raise RenderError(f"{_place(error, name)} isn't a template: {_reason(error)}; mend it") from error


def _reason(error: Exception) -> str:
    """Say what went wrong, on one line."""
    return " ".join(str(error).split()) or type(error).__name__


def _place(error: Exception, template: str) -> str:
    """Name the file of the template that failed, and the line, where they are known."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.filename or template}, line {error.lineno},"
    # Jinja writes the lines of templates into the traceback.
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
    return f"{frames[-1].filename}, line {frames[-1].lineno}," if frames else f"templates/{template}"


def static_outputs(folder: Path, public: bool, own: Path | None = None) -> tuple[Output, ...]:
    """Give the files of the site that no article shapes.

    Args:
        folder: Path of the templates.
        public: Boolean; where false, robots.txt asks search engines to stay away.
        own: Path of templates whose `assets/` are added, and stand in for those of the same name; or None.

    Returns:
        Tuple of Output: `.nojekyll` (so that GitHub Pages serves the files as they are), all of `assets/`, `robots.txt`.

    Raises:
        RenderError: An asset can't be read.
    """
    robots = "User-agent: *\nDisallow:\n" if public else "User-agent: *\nDisallow: /\n"
    assets = {
        path.relative_to(root).as_posix(): path for root in (folder, own) if root for path in files_of(root / "assets")
    }
    return (
        Output(".nojekyll", b""),
        *(Output(path, read_bytes(assets[path])) for path in sorted(assets)),
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


def _find_inline(name: str, folder: Path, own: Path | None) -> Path:
    """Find a style or script, the user's own first."""
    if own and (own / name).is_file():
        return own / name
    return folder / name.removeprefix(f"{BUILT_IN}/")


def _read_inline(path: Path) -> str:
    """Read a style or script, refusing what would end its element early."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RenderError(f"{path} can't be read: {error}; put it back or install twicetold again") from error
    if "</" in text or "<!--" in text:
        raise RenderError(f"{path} holds `</` or `<!--`, which would end it inside a page; write it otherwise")
    return text
