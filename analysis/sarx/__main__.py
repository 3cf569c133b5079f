"""`python -m sarx`: the command line of the analysis package."""

import sys

from .cli import main

sys.exit(main())
