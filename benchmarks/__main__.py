"""`python -m benchmarks [CORPORA]`: run all benchmarks and write their tables."""

import sys
from pathlib import Path

from benchmarks import comparing, end_to_end, finding, pages, speed

corpora = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None
end_to_end.main(corpora)
comparing.main(corpora)
finding.main(corpora)
speed.main(corpora)
pages.main()
