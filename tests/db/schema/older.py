"""The program as it was before one of its steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.office import make_office
from ult_desktop.db.migrations import MIGRATIONS


@contextmanager
def program_before(step: str) -> Iterator[None]:
    """Files that it makes lack `step` and all that came later."""
    every = dict(MIGRATIONS.by_name)
    names = list(every)
    for name in names[names.index(step) :]:
        del MIGRATIONS.by_name[name]
    try:
        yield
    finally:
        MIGRATIONS.by_name.update(every)


def office_before(step: str, folder: Path) -> Path:
    """An office file that it made, as yet without keys."""
    with program_before(step):
        return make_office(folder, with_keys=False)
