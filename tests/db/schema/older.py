"""The program as it was before one of its steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.office import make_office
from ult_desktop.db.migrations import MIGRATIONS


@contextmanager
def program_before(step: str) -> Iterator[None]:
    """Files that it makes lack `step` and all that came later."""
    every = list(MIGRATIONS._migrations)
    MIGRATIONS._migrations[:] = every[: [each.name for each in every].index(step)]
    try:
        yield
    finally:
        MIGRATIONS._migrations[:] = every


def office_before(step: str, folder: Path) -> Path:
    """An office file that it made, as yet without keys."""
    with program_before(step):
        return make_office(folder, with_keys=False)
