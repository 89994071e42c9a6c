"""What every test needs before it starts."""

import os
import sys

from hypothesis import settings

# Some environments forbid compiled modules. The tests start planbook hundreds of times, and each start would compile
# everything anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A busy machine makes an example slow now and then; what must be fast has a clock of its own.
settings.register_profile("planbook", deadline=None)
settings.load_profile("planbook")
