"""The merging of an edit with what others saved since its writer read the record."""

from collections.abc import Container
from typing import Any, NamedTuple, TypeVar

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.access.sealing import Keyring
from ult_desktop.core.merging import ChangedMeanwhile, Conflict, Edit, merge
from ult_desktop.core.personal import is_masked
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access.officers import require_still_allowed
from ult_desktop.operations.boards import BoardReader
from ult_desktop.operations.operation import refuse
from ult_desktop.operations.register import operation_of
from ult_desktop.operations.sealing import INDEX, mask_fields, unmask_fields

AnyEdit = TypeVar("AnyEdit", bound=Edit[Any])
Record = msgspec.Struct | dict[str, Any]
_EMPTY = ("", None, ())
TRIES = 5  # mergings, while others go on changing the record


class MergedEdit(NamedTuple):
    """An edit to carry out if the record is still `base`; `taken` are the fields with others' values."""

    edit: Edit[Any]
    base: dict[str, Any] | None = None
    taken: tuple[str, ...] = ()


def read_record(
    tx: Transaction, edit: Edit[Any], by: Actor, request: str, at: int
) -> tuple[Record | None, bool]:
    """Return the record of an edit, and whether to merge it: an edit that was carried out before is not.

    Raises UserError when the officer may not make the edit.
    """
    operation = operation_of(type(edit))
    require_still_allowed(tx, by, operation.needs, at)
    if request and events.find_by_request(tx, request) is not None:
        return None, False
    return operation.record(tx, edit), True


def merge_edit(edit: Edit[Any], record: Record | None, keyring: Keyring | None) -> MergedEdit:
    """Merge an edit with its record as it is now.

    Personal text that the writer did not change stays sealed as it is, also when nobody here can open it.

    Raises:
        Conflict: the writer and others changed the same field differently.
        UserError: the record that the writer saw is gone.
    """
    plain = msgspec.structs.replace(edit, seen=None)
    if edit.seen is None:
        return MergedEdit(plain)
    if record is None:
        if edit.seen:
            raise refuse(
                _("Isian ini sementara itu dihapus orang lain."), _("Lihat isinya yang baru, lalu ulangi.")
            )
        return MergedEdit(plain)
    stored = _edited_fields(edit, record)
    masked = _edited_fields(edit, mask_fields(record, keyring))
    clear = _edited_fields(edit, unmask_fields(record, keyring))
    seen = edit.seen or _seen_in_new_record(edit, clear)
    # A field that the writer saw masked is compared with its mask.
    current = {name: masked[name] if is_masked(str(seen[name])) else clear[name] for name in edit.edits}
    result = merge(seen, current, edit.edited_values())
    if result.conflicts:
        others = {name: text for name, text in masked.items() if name not in result.mine}
        raise Conflict(msgspec.structs.replace(plain, **others, seen=masked), result.conflicts, result.taken)
    unchanged = {name: stored[name] for name in edit.edits if name not in result.mine}
    # The blind index of a telephone number stays with the number.
    if "phone" in unchanged and INDEX in edit.__struct_fields__:
        unchanged[INDEX] = getattr(record, INDEX)
    return MergedEdit(msgspec.structs.replace(plain, **unchanged), stored, result.taken)


def require_base(tx: Transaction, edit: Edit[Any], base: dict[str, Any]) -> None:
    """Raise ChangedMeanwhile unless the record is still as it was when the edit was merged."""
    record = operation_of(type(edit)).record(tx, edit)
    if record is None or _edited_fields(edit, record) != base:
        raise ChangedMeanwhile


def read_edited(office: BoardReader, edit: Edit[Any]) -> dict[str, Any] | None:
    """Return the fields that the edit changes as the office reads them now; None if there is no record."""
    record = office.read(lambda tx: operation_of(type(edit)).record(tx, edit))
    return None if record is None else _edited_fields(edit, record)


def limit_edit(office: BoardReader, edit: AnyEdit, names: Container[str]) -> AnyEdit:
    """Return the edit limited to the fields `names`, as if its writer had read the record now."""
    seen = read_edited(office, edit)
    if seen is None:
        return msgspec.structs.replace(edit, seen={})
    unchanged = {name: text for name, text in seen.items() if name not in names}
    return msgspec.structs.replace(edit, **unchanged, seen=seen)


def _edited_fields(edit: Edit[Any], record: Record) -> dict[str, Any]:
    if isinstance(record, dict):
        return record
    return {name: getattr(record, name) for name in edit.edits}


def _seen_in_new_record(edit: Edit[Any], current: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that a writer is taken to have seen in a record that did not exist for them yet.

    They are the defaults: a field that others have filled since counts as changed by them. An empty field
    counts as unchanged.
    """
    defaults = {field.name: field.default for field in msgspec.structs.fields(type(edit))}
    return {name: current[name] if current[name] in _EMPTY else defaults[name] for name in edit.edits}
