"""The command line speaks to people in words; JSON keeps the keys."""

import importlib
from enum import StrEnum
from pkgutil import walk_packages
from typing import get_args, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.cli.conftest import CommandLine
from ult_desktop import core
from ult_desktop.cli.common.output import AnswerReader, _is_shown, key_word
from ult_desktop.core.accountability.deviations import CheckedItem, EquipmentCheck
from ult_desktop.core.care.declarations import Alert, AlertKind, Leg
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.fields import FIELDS
from ult_desktop.core.figures.made_reports import DueReport, MadeReport
from ult_desktop.core.lists.commands import ListImport
from ult_desktop.core.office.template import Words
from ult_desktop.core.online.clock import Urgency
from ult_desktop.core.queue.ticket import Help
from ult_desktop.operations.register import every_operation

MODULES = [importlib.import_module(each.name) for each in walk_packages(core.__path__, "ult_desktop.core.")]
KINDS = {  # every key that has a word, by the name that a failure tells
    f"{kind.__module__}.{kind.__name__}": kind
    for module in MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and (kind is CaseDesk or hasattr(kind, "word"))
}
READER = AnswerReader(ZoneInfo("Asia/Makassar"), lambda _name, row_id: f"A{row_id:03}")
ALERT = Alert(
    id=1, visit_id=2, kind=AlertKind.SECURITY_CALL, at=1_795_395_600_000, place="Loket 3", label="P001",
    help=(Help.WHEELCHAIR,), acknowledged_at=None, acknowledged_by="",
)  # fmt: skip


def answers() -> dict[str, type[msgspec.Struct]]:
    """Every record that an operation answers with, and those within; and some that a query tells."""
    found: dict[str, type[msgspec.Struct]] = {}

    def walk(kind: object) -> None:
        new = isinstance(kind, type) and kind.__name__ not in found and ".office." not in kind.__module__
        if new and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            found[kind.__name__] = kind
            for each in get_type_hints(kind).values():
                walk(each)
        for each in get_args(kind):
            walk(each)

    for queried in (DueReport, MadeReport, ListImport):
        walk(queried)
    for ask in every_operation():
        for base in getattr(ask, "__orig_bases__", ()):
            walk(base)
    return found


OTHERWISE_TOLD = {
    *("Cells", "Deviation", "Dossier", "GuestBookChoice", "HeldRecord", "IssuedTicket", "Letterhead"),
    *("OfficeKey", "OpenedVisit", "Sheet", "SheetRow", "Ticket", "WaitUntil"),
}
ANSWERS = {name: kind for name, kind in answers().items() if name not in OTHERWISE_TOLD}


@pytest.mark.parametrize("kind", ANSWERS.values(), ids=ANSWERS)
def test_every_field_of_an_answer_has_a_name(kind: type[msgspec.Struct]) -> None:
    told = [name for name in kind.__struct_fields__ if _is_shown(name, {})]
    assert not set(told) - set(FIELDS)


def test_an_alert_is_read_in_words() -> None:
    assert list(READER.block(ALERT)) == [
        "Jenis: petugas keamanan diminta",
        "Waktu: 23/11/2026 09.00 WITA",
        "Tempat: Loket 3",
        "Nomor: P001",
        "Bantuan: kursi roda",
    ]


def test_a_row_without_a_number_that_people_use_tells_its_own() -> None:
    unlabelled = msgspec.structs.replace(ALERT, label=None)
    assert READER.line(unlabelled).startswith("Nomor: 1 · Kunjungan: A002 · Jenis: ")


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_key_has_a_word_that_is_none(kind: type[StrEnum]) -> None:
    for key in kind:
        assert key_word(key)
        assert "_" not in key_word(key)


def test_a_key_that_people_never_see_stands_as_it_is() -> None:
    assert key_word(Urgency.WARN) == str(Urgency.WARN)


class Row(msgspec.Struct):
    """Whatever an answer may hold."""

    state: str = ""
    service: Words | None = None
    service_en: str = ""
    overdue: bool = False
    sits: bool = False
    leg: Leg | None = None
    last_day: str = ""
    minutes: float | None = None
    unheard_of: bool = False


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Row(state="waiting", service=Words(id="Umum", en="General"), service_en="General"),
         "Keadaan: menunggu · Layanan: Umum"),
        (Row(sits=True, leg=Leg.OUT),
         "di kursi prioritas · Bagian: ke pintu keluar atau kendaraan"),
        (Row(state="x", last_day="2026-11-23", minutes=2.5, unheard_of=True),
         "Keadaan: x · Hari terakhir: 23/11/2026 · Minutes: 2,5 · unheard_of"),
        (Row(last_day="besok"), "Hari terakhir: besok"),
    ],
)  # fmt: skip
def test_rows_are_read_in_words(row: Row, told: str) -> None:
    assert READER.line(row) == told


def test_rows_within_a_row_stand_below_it() -> None:
    check = EquipmentCheck(
        id=1, day="2026-11-23", at=1_795_395_600_000, procedure_id="p", procedure_version=1, officer="Siti",
        items=(CheckedItem(item="Komputer", works=True), CheckedItem(item="Printer", works=False)),
    )  # fmt: skip
    told = list(READER.block(check))
    assert told[-3:] == ["Perlengkapan:", "  Yang dimaksud: Komputer · berfungsi", "  Yang dimaksud: Printer"]


def test_what_the_desk_prints_has_no_keys(desk: CommandLine) -> None:
    desk.queue("issue", "A", "--priority", "lansia")
    out = "".join(
        desk.run(*words, "--database", desk.path).out
        for words in (
            ("queue", "list"), ("queue", "board"), ("officer", "list"), ("care", "today"), ("care", "alerts"),
        )
    )  # fmt: skip
    assert "Loket 1" in out
    assert not [key for key in ("waiting", "closed", "vulnerable", "front_office", "_") if key in out]
