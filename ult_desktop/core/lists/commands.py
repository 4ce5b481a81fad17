"""The record of an import, of whichever kind of list: its batches, its undoing, the rows that stay."""

from collections.abc import Iterable
from itertools import accumulate, takewhile

import msgspec

FEWEST, MOST, MOST_LETTERS = 5, 500, 500_000  # of a batch; FEWEST rows are the first one
_BATCH_MS = 1_500  # a third of them while the others may write (`Store.write`)


def batch_after(size: int, spent_ms: float) -> int:
    """Return how many rows a batch may have after one of `size` rows, all of which took `spent_ms`.

    Whoever else writes waits for a batch (docs/store.md, rule 5), and a row takes hundreds of times as long
    on a slow share as on a disk. A batch of one row takes nearly as long there as one of a few, and a row of
    many more hardly less. A batch has at most twice as many as the one before.
    """
    fitting = size * _BATCH_MS / spent_ms if spent_ms > 0 else MOST
    return max(FEWEST, min(2 * size, MOST, int(fitting)))


def rows_within(size: int, letters: Iterable[int]) -> int:
    """Return how many rows of so many letters each are a batch of `size`: not too much text, and one row."""
    total = accumulate(letters)
    return max(1, min(size, sum(1 for _each in takewhile(lambda sum_: sum_ <= MOST_LETTERS, total))))


class ListBatch(msgspec.Struct, frozen=True, kw_only=True):
    """The list of which a batch is a part.

    All batches of one import have the same random `key`, by which they are taken back together; `file` is the
    list's name, `planned` how many rows are to be written in all. `remember` are answers about columns and
    words that hold for later lists.
    """

    key: str
    file: str = ""
    planned: int = 0
    remember: dict[str, str] = {}


class KeptRow(msgspec.Struct, frozen=True):
    """A row of an import that stays when the import is taken back: its number, and why."""

    row: str
    why: str


class ListImport(msgspec.Struct, frozen=True, kw_only=True):
    """A list that was imported: when (`at`, UTC ms) and by whom.

    `planned` are the rows that were to be written, `added` and `known` those that were new and here already.
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
        return self.added + self.known >= self.planned
