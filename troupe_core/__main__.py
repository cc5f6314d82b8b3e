"""``python -m troupe_core``: the command line."""

from troupe_core.cli.main import main

if __name__ == "__main__":
    main()
