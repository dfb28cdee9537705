"""A new project: a sample, a settings file, what git should leave alone, and workflows that build and publish the site."""

from collections.abc import Iterator
from pathlib import Path

import generator
from generator.errors import ContentError, WriteError

SETTINGS_FILE = """\
# Settings of twicetold. A line that begins with # shows the default; take the # away to change it.

[read]
# max_bytes = 20971520    # a larger file, or a larger row of a table, is left out
# max_rows = 1000000      # more rows of one table are left out
# max_table_bytes = 2147483648  # of one table, unpacked; the rest is left out
# max_depth = 64          # folders inside one another that are looked into
# max_seconds = 60        # processor time that the reading of one file may take
# outside_links = false   # true follows links that lead out of the content folder
# against = []            # folders that new articles are compared with; their own pairs are not reported
# since = ""              # articles dated before this day count as archive

[find]
# threshold = 0.27        # pairs are reported from this score on, 0 to 1
# ignore_same = []        # leave out pairs within one source, author or folder
# boilerplate = ""        # a file of texts, one a line, that weigh nothing
# most_holders = 20_000   # a word or word pair that more articles hold weighs nothing

[compare]
# min_passage = 5         # words; shorter runs of shared words are no verbatim passage
# max_fact_words = 20000  # facts are told only where neither article has more words

[site]
# title = "Twicetold"     # the name of the site
# public = false          # true lets search engines index the pages
# templates = "built-in"  # or a folder of your own; templates/ beside this file is found by itself
# search = false          # true makes a page that searches the texts; needs twicetold[search]
# reviews = "beside"      # reviewers' marks; or another folder than reviews/ beside the articles, or "none"
# anonymise = false       # true hides sources, authors, files and ids behind neutral names; texts and titles stay
# anonymise_key = ""      # a secret for stable neutral ids; better in the variable TWICETOLD_SITE_ANONYMISE_KEY

[run]
# engine = "local"        # or "spark", for more than one machine; needs twicetold[spark]
# master = "local[*]"     # of Spark: this machine, or a cluster such as spark://host:7077
# memory = "2g"           # of each executor of Spark
# partitions = 0          # pieces that work is cut into at least; 0 lets the engine choose
# options = []            # other settings of Spark, such as "spark.cores.max=8"
"""

GITHUB_WORKFLOW = """\
# Builds the site at each push and publishes it on GitHub Pages. Choose "GitHub Actions" as the source under
# Settings → Pages of the repository, once. A wheel of twicetold in wheels/ is taken before the package index is asked.
name: Publish
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
  pages: write
  id-token: write
concurrency:
  group: pages
  cancel-in-progress: false
jobs:
  publish:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install --find-links wheels "twicetold[parquet]==VERSION"
      - run: twicetold build content --out site
      - run: twicetold check site
      - uses: actions/configure-pages@v5
      - uses: actions/upload-pages-artifact@v3
        with:
          path: site
      - id: deployment
        uses: actions/deploy-pages@v4
"""

GITLAB_WORKFLOW = """\
# Builds the site at each push to the default branch and publishes it on GitLab Pages. A wheel of twicetold in wheels/ is
# taken before the package index is asked.
pages:
  image: python:3.12
  script:
    - pip install --find-links wheels "twicetold[parquet]==VERSION"
    - twicetold build content --out public
    - twicetold check public
  artifacts:
    paths:
      - public
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
"""


# In a checkout other articles may stand beside these: somebody's own.
_SAMPLE = ("000_8d57507627f8cdd0.txt", "002_57a8ec9d4026b6f3.txt")


def start_project(folder: Path) -> tuple[Path, ...]:
    """Make a project; what stands there already is left as it is.

    Args:
        folder: Path; it need not exist.

    Returns:
        Tuple of Path, the files that were made.

    Raises:
        ContentError: Where the sample is missing from the installation.
        WriteError: Where a file can't be made.
    """
    made = []
    try:
        for name, content in _project_files(folder):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.write_bytes(content)
                made.append(path)
    except OSError as error:
        reason = error.strerror or error
        raise WriteError(f"{error.filename or folder} can't be written: {reason}; choose another folder") from error
    return tuple(made)


def _project_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    # Articles of the user's own are never mixed with the sample.
    if not (folder / "content").exists():
        sample = _sample_folder()
        for name in _SAMPLE:
            yield f"content/{name}", (sample / name).read_bytes()
    yield "twicetold.toml", SETTINGS_FILE.encode()
    yield ".gitignore", b"/site/\n/public/\n"
    from importlib import metadata

    version = metadata.version("twicetold")
    yield ".github/workflows/publish.yml", GITHUB_WORKFLOW.replace("VERSION", version).encode()
    yield ".gitlab-ci.yml", GITLAB_WORKFLOW.replace("VERSION", version).encode()


def _sample_folder() -> Path:
    package = Path(generator.__file__).parent
    for place in (package / "sample", package.parent / "content"):
        if all((place / name).is_file() for name in _SAMPLE):
            return place
    raise ContentError(
        f"the sample articles are missing from {package}; make content/ yourself, or install twicetold again"
    )
