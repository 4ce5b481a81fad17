"""The words about an officer: row, facts, and the state of their password and keys."""

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Officer, Role, roles_from
from ult_desktop.core.queue.boards import counter_name
from ult_desktop.db.access import keys, officers
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import readers
from ult_desktop.ui.kit.detail import Fact
from ult_desktop.ui.kit.lists import Filter, ListRow, Tag

ACTIVE, RETIRED = "active", "retired"


class OfficerEntry(msgspec.Struct, frozen=True):
    """An officer, with their keys if they still work here."""

    officer: Officer
    holder: keys.Holder | None
    holds: bool = False
    is_only_holder: bool = False

    @property
    def id(self) -> int:
        return self.officer.id


class OfficersBoard(msgspec.Struct, frozen=True):
    """Everybody who works or worked here, the counters, and the state of the keys."""

    entries: tuple[OfficerEntry, ...]
    counters: tuple[counters.CounterRow, ...]
    keys: keys.KeyStatus

    @property
    def logins(self) -> frozenset[str]:
        return frozenset(each.officer.login for each in self.entries)


def officers_board(tx: Transaction, at: int) -> OfficersBoard:
    found = readers.key_status(tx, at)
    holders = {each.officer_id: each for each in found.officers}
    entries = tuple(
        OfficerEntry(
            row,
            holder := holders.get(row.id),
            holds=holder is not None and found.holds(holder),
            is_only_holder=holder is not None and keys.is_only_holder(tx, row.id),
        )
        for row in officers.everybody(tx)
    )
    return OfficersBoard(entries, counters.all_counters(tx), found)


def filters() -> tuple[Filter, ...]:
    return (Filter(ACTIVE, _("Aktif")), Filter(RETIRED, _("Nonaktif")))


def role_words(officer: Officer) -> list[str]:
    """Return the words of the officer's roles, in the order of `Role`."""
    known = roles_from(officer.roles)
    return [role.word for role in Role if role in known]


def row_of(entry: OfficerEntry) -> ListRow:
    officer = entry.officer
    return ListRow(
        id=officer.id,
        title=officer.name,
        subtitle=officer.login,
        aside=_("kunci ada") if entry.holds else "",
        icon="user-round" if officer.active else "user-x",
        tint="blue" if officer.active else "slate",
        tags=(*_password_tags(officer), *(Tag(word) for word in role_words(officer))),
        groups=frozenset({ACTIVE if officer.active else RETIRED}),
    )


def _password_tags(officer: Officer) -> tuple[Tag, ...]:
    if not officer.active:
        return ()
    if not officer.password_hash:
        return (Tag(_("tanpa kata sandi"), "warn"),)
    return (Tag(_("belum masuk"), "warn"),) if officer.must_change else ()


def facts_of(entry: OfficerEntry, board: OfficersBoard) -> list[Fact]:
    officer = entry.officer
    seat = next((each for each in board.counters if each.number == officer.usual_counter), None)
    return [
        Fact(_("Nama masuk"), officer.login),
        Fact(_("Peran"), ", ".join(role_words(officer))),
        Fact(_("Loket"), counter_name(seat.number, seat.name) if seat else _("tidak tetap")),
        Fact(_("Kata sandi"), *_password_state(officer)),
        Fact(_("Kunci data"), *key_state(entry)),
    ]


def _password_state(officer: Officer) -> tuple[str, str]:
    if not officer.active:
        return "", ""
    if not officer.password_hash:
        return _("belum ada; ia belum dapat masuk"), "warn"
    if officer.must_change:
        return _("sementara; diganti sendiri saat masuk"), "warn"
    return _("dipilih sendiri"), ""


def key_state(entry: OfficerEntry) -> tuple[str, str]:
    """Return the words for whether the officer reads personal data, and for why not."""
    holder = entry.holder
    if holder is None:
        return "", ""
    if not holder.may_open:
        return _("tidak perlu: perannya tidak membuka data pribadi"), ""
    if entry.holds:
        return _("ada"), "ok"
    if holder.has_pair:
        return _("belum: menunggu petugas yang memegang kunci"), "warn"
    return _("belum: diberikan begitu ia masuk"), "warn"
