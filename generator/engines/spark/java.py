"""Whether there is a Java that Spark runs on."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from generator.errors import EngineError

OLDEST = 17
"""Integer: the oldest version of Java that Spark 4 runs on."""

_HOW = f"install Java {OLDEST} or newer, such as Debian's openjdk-{OLDEST}-jre-headless, or point JAVA_HOME at one"
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


def check_java(environment: Mapping[str, str]) -> None:
    """Look for Java as Spark does.

    Args:
        environment: Mapping from names of environment variables to values.

    Raises:
        EngineError: There is none, or it is too old.
    """
    home = environment.get("JAVA_HOME", "")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java", path=environment.get("PATH", ""))
    where = f"JAVA_HOME, {home}, holds no Java that runs" if home else "Java was not found"
    if not java:
        raise EngineError(f"the engine spark needs Java, and {where}; {_HOW}")
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True, timeout=30)  # noqa: S603 - found above
    except (OSError, subprocess.SubprocessError) as error:
        raise EngineError(f"the engine spark needs Java, and {where}; {_HOW}") from error
    found = _VERSION.search(told.stderr + told.stdout)
    if found and int(found[1]) < OLDEST:
        raise EngineError(f"the engine spark needs Java {OLDEST} or newer, and {java} is Java {found[1]}; {_HOW}")
