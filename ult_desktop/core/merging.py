"""The merging of two people's edits of one record, field by field."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Self

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.fields import field_words

Seen = dict[str, Any] | None


class Edit(Command[Answer], Generic[Answer], frozen=True, kw_only=True):
    """A command that saves fields of a record which its writer has read before.

    `edits` are the names of those fields. `seen` holds their values as the writer read them (a mask where the
    writer saw a mask); it is empty if there was no record yet. What others changed since stays where the
    writer changed nothing. Where both changed a field differently the command is refused with `Conflict`.
    `seen` is dropped before the command is journalled: without it (None) a command is carried out as it is.
    """

    edits: ClassVar[tuple[str, ...]] = ()
    if TYPE_CHECKING:
        # Each command declares `seen` itself. Many edits take their fields from another struct, and Python
        # refuses a class with two bases that both have fields.
        seen: Seen = None

    def edited_values(self) -> dict[str, Any]:
        """Return the fields of the record as this command would write them."""
        return {name: getattr(self, name) for name in self.edits}

    def with_seen(self) -> Self:
        """Return this edit with an empty `seen` in place of None: its writer saw no record."""
        return msgspec.structs.replace(self, seen=self.seen or {})

    def after(self, other: "Edit[Answer]") -> Self:
        """Return this edit as if its writer had seen the record that `other` wrote."""
        return msgspec.structs.replace(self, seen=other.edited_values())


class ChangedMeanwhile(UserError):
    """The refusal of an edit whose record others changed again and again while it was merged."""

    def __init__(self) -> None:
        super().__init__(
            _("Isian ini sementara itu diubah orang lain."),
            _("Tidak ada yang berubah."),
            _("Simpan sekali lagi; isian Anda digabung dengan yang baru."),
        )


class Conflict(UserError):
    """The refusal of an edit that changed the same fields as another did, differently.

    `names` are these fields. `edit` has the writer's answers to them, and the others' values in every field
    that the writer left alone. Its `seen`, and `theirs`, are the record as it is now. `taken` are the fields
    that only the others changed.
    """

    def __init__(self, edit: Edit[Any], names: tuple[str, ...], taken: tuple[str, ...]) -> None:
        words = ", ".join(field_words(name, type(edit).__name__) or name for name in names)
        super().__init__(
            _("Sementara itu orang lain mengubah isian yang sama: {fields}.").format(fields=words),
            _("Tidak ada yang berubah; isian Anda tetap ada."),
            _("Lihat isinya yang baru, lalu ulangi."),
        )
        self.edit, self.names, self.taken = edit, names, taken
        self.theirs: dict[str, Any] = edit.seen or {}


class Merged(NamedTuple):
    """The result of a merging: `mine` are the fields to write, `taken` those that only the others changed.

    `conflicts` are those that both changed differently.
    """

    mine: tuple[str, ...]
    taken: tuple[str, ...]
    conflicts: tuple[str, ...]


def merge(seen: Mapping[str, Any], now: Mapping[str, Any], mine: Mapping[str, Any]) -> Merged:
    """Compare three versions of one record, field by field: which fields of `mine` are to be written?

    `seen` is the record as the writer read it, `now` as it is after what others saved, `mine` as the writer
    wants it. `seen` and `mine` have a value for every field of `now`.
    """
    changed_by_writer = tuple(name for name in now if mine[name] != seen[name])
    changed_by_others = [name for name in now if now[name] not in (seen[name], mine[name])]
    return Merged(
        mine=changed_by_writer,
        taken=tuple(name for name in changed_by_others if name not in changed_by_writer),
        conflicts=tuple(name for name in changed_by_others if name in changed_by_writer),
    )
