"""`python -m ult_desktop` and the `ult-desktop` command."""

from ult_desktop.cli.program import run


def main() -> None:
    run()


if __name__ == "__main__":
    main()
