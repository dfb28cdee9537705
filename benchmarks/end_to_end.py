"""The whole command, from start to exit: the sample, and 250 articles beside copydetect on the same files."""

import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Run, describe_machine, run_in_turn

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "benchmarks" / "end-to-end.md"
TIMES = 5

# What a Python program needs at the least to tell one readability figure.
FLESCH = "import textstat; textstat.flesch_reading_ease('The ferry sank. Nobody was hurt.')"
COPYDETECT = """
import sys
from copydetect import CopyDetector
detector = CopyDetector(test_dirs=[sys.argv[1]], ref_dirs=[sys.argv[1]], extensions=["txt"], disable_filtering=True,
                        autoopen=False, out_file=sys.argv[2], silent=True)
detector.run()
detector.generate_html_report()
"""


def build_command(content: Path, site: Path) -> list[str]:
    """The command that builds a site.

    Args:
        content: Path.
        site: Path.

    Returns:
        List of strings.
    """
    return [
        str(Path(sys.executable).with_name("twicetold")),
        "build",
        str(content),
        "--out",
        str(site),
        "--quiet",
        "--no-cache",
    ]


def measure_sample(scratch: Path) -> dict[str, Run]:
    """The sample beside one Flesch score.

    Args:
        scratch: Path of a folder to write to.

    Returns:
        Dictionary from name to Run.
    """
    commands = {
        "one Flesch score with textstat": [sys.executable, "-c", FLESCH],
        "`twicetold build`, the sample (2 articles)": build_command(ROOT / "content", scratch / "sample"),
    }
    return run_in_turn(commands, TIMES, scratch)


def measure_folder(content: Path, scratch: Path) -> dict[str, Run]:
    """A folder of text files beside copydetect's report of them.

    Args:
        content: Path.
        scratch: Path of a folder to write to.

    Returns:
        Dictionary from name to Run.
    """
    count = sum(1 for _ in content.glob("*.txt"))
    commands = {
        f"copydetect's report, {count} articles": [
            sys.executable,
            "-c",
            COPYDETECT,
            str(content),
            str(scratch / "report.html"),
        ],
        f"`twicetold build`, the same {count} articles": build_command(content, scratch / "many"),
    }
    return run_in_turn(commands, TIMES, scratch)


def make_table(sample: dict[str, Run], folder: dict[str, Run]) -> str:
    """The results as Markdown.

    Args:
        sample: Dictionary of `measure_sample`.
        folder: Dictionary of `measure_folder`, or empty.

    Returns:
        String.
    """
    lines = [
        "# The whole command, from start to exit",
        "",
        f"Medians of {TIMES} runs, taken in turn; {describe_machine()}. Memory is the peak of the largest process.",
        "",
        "| work | seconds | MiB |",
        "|---|---:|---:|",
    ]
    lines += [f"| {name} | {run.seconds:.2f} | {run.megabytes:.0f} |" for name, run in (sample | folder).items()]
    least, built = (run.seconds for run in sample.values())
    lines += ["", f"- The sample takes {built / least:.2f} times what one Flesch score takes (goal: at most 2.5)."]
    if folder:
        theirs, ours = (run.seconds for run in folder.values())
        lines += [
            f"- The folder is built {theirs / ours:.1f} times faster than copydetect's report (goal: at least 2.5)."
        ]
    return "\n".join([*lines, "", "Made by `make bench`; `docs/benchmarks.md` says how.", ""])


def main(corpora: Path | None) -> None:
    """Measure, and write the table.

    Args:
        corpora: Path of a folder that holds `rewrites-en/content`, or None to measure the sample alone.
    """
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        sample = measure_sample(scratch)
        many = measure_folder(corpora / "rewrites-en" / "content", scratch) if corpora else {}
    table = make_table(sample, many)
    TABLE.write_text(table, encoding="utf-8")
    print(table)
