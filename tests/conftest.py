"""What every test needs before it starts."""

import os
import signal
import sys

from hypothesis import settings

# Some environments forbid compiled modules. The tests start planbook hundreds of times, and each start would compile
# everything anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Started in the background, a shell has us ignore Ctrl-C, and so would every program that a test interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine makes an example slow now and then; what must be fast has a clock of its own.
settings.register_profile("planbook", deadline=None)
settings.load_profile("planbook")
