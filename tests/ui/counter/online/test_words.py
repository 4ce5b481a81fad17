"""A request in words: its clock, its timeline, its facts."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from ult_desktop.core.cases.case import CaseEntry
from ult_desktop.core.online.clock import DueClock, OnlineInboxRow, RequestCard, Urgency
from ult_desktop.core.online.online_request import OnlineRequestRow, OnlineSource, OnlineState
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.counter.online.words import due_words, entries, request_row

ZONE = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 23, 9, 41, tzinfo=ZONE)
DUE = to_stamp(datetime(2026, 11, 23, 16, tzinfo=ZONE))
LINE = OnlineRequestRow(
    id=1, case_number="0001/ULT/2026", number="D-0001/2026",
    source=OnlineSource.SEMPENA, state=OnlineState.IN_PROGRESS, name="Dedi", phone="",
    institution="SMPN 1", topic="Data", sent_at=0, due_at=DUE, answered_at=None, owner="Siti",
    with_other_desk=False,
)  # fmt: skip


def clock(tone: Urgency, days: int) -> DueClock:
    return DueClock(tone=tone, share=0.5, days=days, due_at=DUE)


@pytest.mark.parametrize(
    ("tone", "days", "words"),
    [
        (Urgency.OK, 2, "sisa 2 hari kerja"),
        (Urgency.WARN, 0, "hari ini 16.00"),
        (Urgency.DANGER, 0, "lewat 16.00"),
        (Urgency.DANGER, 3, "lewat 3 hari kerja"),
    ],
)
def test_the_clock_in_words(tone: Urgency, days: int, words: str) -> None:
    assert due_words(clock(tone, days), LINE, NOW) == words


def test_an_answer_and_an_end_stop_it() -> None:
    answered = replace(LINE, answered_at=1)
    assert due_words(clock(Urgency.DONE, 1), answered, NOW) == "dijawab tepat waktu"
    assert due_words(clock(Urgency.DANGER, 1), answered, NOW) == "dijawab terlambat"
    closed = replace(LINE, state=OnlineState.CLOSED)
    assert due_words(clock(Urgency.DONE, 1), closed, NOW) == "ditutup"


def test_a_row_says_what_presses_and_where_it_is() -> None:
    row = request_row(OnlineInboxRow(replace(LINE, with_other_desk=True), clock(Urgency.WARN, 0)), NOW)
    assert (row.side_tone, row.tags[0].text, set(row.groups)) == ("warn", "di unit lain", {"dalam_proses"})
    late = request_row(OnlineInboxRow(LINE, clock(Urgency.DANGER, 1)), NOW)
    assert (late.side_tone, set(late.groups)) == ("danger", {"dalam_proses", "late"})


def test_the_timeline_names_the_absent_and_kinds_of_other_parts() -> None:
    said = [
        CaseEntry(id=1, at=0, kind="opened", officer="", acting_for="", text="Mohon", document_id=None),
        CaseEntry(id=2, at=0, kind="answer", officer="Siti", acting_for="Budi", text="Ini", document_id=None),
        CaseEntry(id=3, at=0, kind="lain", officer="Siti", acting_for="", text="Kata", document_id=None),
    ]
    card = RequestCard(request=None, clock=None, entries=tuple(said), settings=None)  # type: ignore[arg-type]
    shown = entries(card, NOW)
    assert [(each.what, each.who, each.note) for each in shown] == [
        ("Kata", "Siti", ""),
        ("Jawaban ditulis", "Siti atas nama Budi", "Ini"),
        ("Permohonan dicatat", "", ""),
    ]
