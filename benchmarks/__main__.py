"""`python -m benchmarks [CORPORA]`: run all benchmarks and write their tables."""

import sys
from pathlib import Path

from benchmarks import end_to_end

end_to_end.main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None)
