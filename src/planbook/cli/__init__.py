"""The command line: arguments in, action called, result shown; no rules."""
