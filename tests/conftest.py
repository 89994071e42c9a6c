"""What every test needs before it starts."""

import os
import sys

# Some environments forbid compiled modules. The tests start planbook hundreds of times, and each start would compile
# everything anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
