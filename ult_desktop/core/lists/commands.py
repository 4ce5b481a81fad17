"""The batches of an import, and its record; the same for every kind of list."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

LEAST_ROWS, MAX_ROWS, MAX_LETTERS = 5, 500, 500_000  # of a batch; the first one has LEAST_ROWS
_BATCH_MS = 1_500  # the time that a batch should take; others wait for it (`Store.write`)


def batch_after(size: int, spent_ms: float) -> int:
    """Return how many rows the next batch may have, after one of `size` rows took `spent_ms`.

    Every other writer waits for a batch (docs/store.md, rule 5), and on a slow share a row takes hundreds of
    times as long as on a disk. A batch there costs nearly the same with one row as with a few: so no batch
    has fewer than LEAST_ROWS. The next one has at most twice as many as the one before.
    """
    fitting = size * _BATCH_MS / spent_ms if spent_ms > 0 else MAX_ROWS
    return max(LEAST_ROWS, min(2 * size, MAX_ROWS, int(fitting)))


def rows_within(size: int, letters: Iterable[int]) -> int:
    """Return how many rows to put into a batch of at most `size`, by the number of `letters` of each row.

    Together they have at most MAX_LETTERS, unless the first alone has more.
    """
    rows = total = 0
    for row_letters in letters:
        total += row_letters
        if rows == size or total > MAX_LETTERS:
            break
        rows += 1
    return max(1, rows)


_Filled = Annotated[str, msgspec.Meta(min_length=1)]


class ListBatch(msgspec.Struct, frozen=True, kw_only=True):
    """The list to which a batch belongs.

    All batches of one import have the same random `key`, by which they are taken back together; `file` is the
    list's name, `planned` how many rows are to be written in all. `remember` are the answers about columns
    and words that hold for later lists.
    """

    key: _Filled
    file: str = ""
    planned: int = 0
    remember: dict[_Filled, _Filled] = {}


class KeptRow(msgspec.Struct, frozen=True):
    """A row that stays when its import is taken back: its number, and why."""

    row: str
    why: str


class ListImport(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was imported: when (`at`, UTC ms) and by whom.

    `planned` counts the rows that were to be written, `added` those that were new, `known` those that the
    office had already. `undone_at` (UTC ms): the import was taken back.
    """

    id: int
    list: str
    file: str
    at: int
    officer: str
    planned: int
    added: int
    known: int
    undone_at: int | None

    @property
    def is_whole(self) -> bool:
        """Whether all rows that were to be written are in the office."""
        return self.added + self.known >= self.planned
