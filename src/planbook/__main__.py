"""Lets `python -m planbook` do what the `planbook` command does."""

from planbook.cli.entry import main

if __name__ == "__main__":
    main()
