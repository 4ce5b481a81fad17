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
    """An edit to carry out if the record is still `base`; `taken` are the fields that come from others."""

    edit: Edit[Any]
    base: dict[str, Any] | None = None
    taken: tuple[str, ...] = ()


def read_for(
    tx: Transaction, edit: Edit[Any], by: Actor, request: str, at: int
) -> tuple[Record | None, bool]:
    """Return the record of an edit, and whether to merge it: an edit that was carried out before is not.

    Raises UserError when the officer may not ask for it.
    """
    operation = operation_of(type(edit))
    require_still_allowed(tx, by, operation.needs, at)
    if request and events.of_request(tx, request) is not None:
        return None, False
    return operation.record(tx, edit), True


def merged(edit: Edit[Any], record: Record | None, keyring: Keyring | None) -> MergedEdit:
    """Merge an edit with its record as it is now.

    Personal text stays sealed as it is where the writer did not change it, also when nobody here can open it.

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
    raw = _part(edit, record)
    masked = _part(edit, mask_fields(record, keyring))
    clear = _part(edit, unmask_fields(record, keyring))
    seen = edit.seen or _seen_in_new_record(edit, clear)
    # A field that the writer saw masked is compared with its mask.
    now = {name: masked[name] if is_masked(str(seen[name])) else clear[name] for name in edit.edits}
    mine = edit.edited_values()
    found = merge(seen, now, mine)
    if found.conflicts:
        shown = {name: text for name, text in masked.items() if name not in found.mine}
        raise Conflict(msgspec.structs.replace(plain, **shown, seen=masked), found.conflicts, found.taken)
    kept = {name: raw[name] for name in edit.edits if name not in found.mine}
    if "phone" in kept and INDEX in edit.__struct_fields__:
        kept[INDEX] = getattr(record, INDEX)
    return MergedEdit(msgspec.structs.replace(plain, **kept), raw, found.taken)


def require_base(tx: Transaction, edit: Edit[Any], base: dict[str, Any]) -> None:
    """Raise ChangedMeanwhile unless the record is still as it was when the edit was merged."""
    record = operation_of(type(edit)).record(tx, edit)
    if record is None or _part(edit, record) != base:
        raise ChangedMeanwhile


def part_now(office: BoardReader, edit: Edit[Any]) -> dict[str, Any] | None:
    """Return the fields of the edit's record as they are stored now, sealed as they are; None without one."""
    record = office.read(lambda tx: operation_of(type(edit)).record(tx, edit))
    return None if record is None else _part(edit, record)


def changing_only(office: BoardReader, edit: AnyEdit, names: Container[str]) -> AnyEdit:
    """Return the edit so that it changes only the fields `names`, for a writer who reads the record now."""
    record = office.read(lambda tx: operation_of(type(edit)).record(tx, edit))
    if record is None:
        return msgspec.structs.replace(edit, seen={})
    seen = _part(edit, record)
    kept = {name: text for name, text in seen.items() if name not in names}
    return msgspec.structs.replace(edit, **kept, seen=seen)


def _part(edit: Edit[Any], record: Record) -> dict[str, Any]:
    if isinstance(record, dict):
        return record
    return {name: getattr(record, name) for name in edit.edits}


def _seen_in_new_record(edit: Edit[Any], now: dict[str, Any]) -> dict[str, Any]:
    """Return what the writer of a record that was new to them counts as having seen: each field's default.

    So a field that others have filled by `now` counts as changed by them, and an empty one as unchanged.
    """
    blank = {each.name: each.default for each in msgspec.structs.fields(type(edit))}
    return {name: now[name] if now[name] in _EMPTY else blank[name] for name in edit.edits}
