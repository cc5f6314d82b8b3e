"""``python -m troupe_core``: the command line."""

from troupe_core.cli.process import process

if __name__ == "__main__":
    process()
