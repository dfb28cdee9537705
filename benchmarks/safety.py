"""`python -m benchmarks.safety [KILLS]`: kill builds at random moments, and count what was lost."""

import sys
import tempfile
from pathlib import Path

from tests.killing import kill_builds


def main(kills: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        result = kill_builds(Path(folder), kills, seed=2)
    print(
        f"{result.kills} builds killed, {result.ended} had ended before; {result.left} left something beside the site"
    )
    print(f"kills in each tenth of a build: {' '.join(map(str, result.parts))}")
    print(f"sites lost or half written: {len(result.lost)}")
    for fault in result.lost:
        print(fault)
    return bool(result.lost)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
