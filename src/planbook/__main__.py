"""Lets `python -m planbook` do what the `planbook` command does."""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["excel-click"]:
        from planbook.cli.click_handover import hand_over

        if hand_over(sys.argv[2:]):
            sys.exit(0)
    from planbook.cli.entry import main

    main()
