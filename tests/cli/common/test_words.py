"""The command line speaks to people in words; JSON keeps the keys."""

import importlib
from enum import StrEnum
from pkgutil import walk_packages
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import CommandLine
from ult_desktop import core
from ult_desktop.cli.common.asking import _yes_words, reading, word
from ult_desktop.core.care.declarations import Alert, AlertKind, Condition, Leg
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.online.clock import Urgency
from ult_desktop.core.queue.ticket import Help, TicketState

MODULES = [importlib.import_module(each.name) for each in walk_packages(core.__path__, "ult_desktop.core.")]
KINDS = {  # every key that has a word, by the name that a failure tells
    f"{kind.__module__}.{kind.__name__}": kind
    for module in MODULES
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and (kind is CaseDesk or hasattr(kind, "word"))
}
ZONE = ZoneInfo("Asia/Makassar")
ALERT = Alert(
    id=1, visit_id=2, kind=AlertKind.SECURITY_CALL, at=1_795_395_600_000, place="Loket 3", label="P001",
    help=(Help.WHEELCHAIR,), acknowledged_at=None, acknowledged_by="",
)  # fmt: skip


def test_an_alert_is_read_in_words() -> None:
    told = reading("", ALERT, ZONE)
    assert told == "1  2  petugas keamanan diminta  23/11/2026 09.00 WITA  Loket 3  P001  kursi roda"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_key_has_a_word_that_is_none(kind: type[StrEnum]) -> None:
    for key in kind:
        assert word(key)
        assert "_" not in word(key)


def test_a_key_that_people_never_see_stands_as_it_is() -> None:
    assert word(Urgency.WARN) == str(Urgency.WARN)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"state": "waiting", "service": "Umum", "service_en": "General"}, "menunggu  Umum"),
        (
            {"help": ("kursi_roda", "lain"), "overdue": False, "sits": True},
            "kursi roda, lain  di kursi prioritas",
        ),
        ({"leg": Leg.OUT, "condition": Condition.GOOD, "note": None}, "ke pintu keluar atau kendaraan  baik"),
        ({"state": TicketState.NO_SHOW, "unheard_of": True}, "tidak hadir  unheard_of"),
    ],
)
def test_rows_are_read_in_words(row: dict[str, object], told: str) -> None:
    assert reading("", row, ZONE) == told
    assert all("_" not in yes for yes in _yes_words().values())


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
