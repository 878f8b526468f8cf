"""`python -m cutaway.cli` is the `cutaway` command."""

from cutaway.cli import main

if __name__ == "__main__":
    main()
