"""The record of an import, of whichever kind of list: its batches, its undoing, the rows that stay."""

import msgspec


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
