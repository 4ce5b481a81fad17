"""The merging of two people's edits of one record, field by field."""

from typing import Generic, TypeVar

import msgspec

from ult_desktop.base import UserError, _

Record = TypeVar("Record", bound=msgspec.Struct)


class ChangedMeanwhile(UserError):
    """The refusal of an edit whose record was changed by somebody else since it was read."""

    def __init__(self) -> None:
        super().__init__(
            _("Isian ini sementara itu diubah orang lain."),
            _("Tidak ada yang berubah."),
            _("Simpan sekali lagi; isian Anda digabung dengan yang baru."),
        )


class Merged(msgspec.Struct, Generic[Record], frozen=True):
    """Two edits in one record. In a field of `conflicts`, which both changed differently, `record` has mine.

    `taken` are the fields that only the others changed.
    """

    record: Record
    taken: tuple[str, ...]
    conflicts: tuple[str, ...]


def merge(seen: Record, now: Record, mine: Record) -> Merged[Record]:
    """Make the change from `seen` to `mine` in `now`, as which the others left the record meanwhile."""
    own = {name for name in now.__struct_fields__ if getattr(mine, name) != getattr(seen, name)}
    others = tuple(
        name
        for name in now.__struct_fields__
        if getattr(now, name) not in (getattr(seen, name), getattr(mine, name))
    )
    return Merged(
        record=msgspec.structs.replace(now, **{name: getattr(mine, name) for name in own}),
        taken=tuple(name for name in others if name not in own),
        conflicts=tuple(name for name in others if name in own),
    )
