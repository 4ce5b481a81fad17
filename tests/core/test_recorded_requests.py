"""Journals of several PCs become one story: each request once, in the order of the lost log."""

import msgspec
import pytest

from ult_desktop.core.recorded_requests import UNCLEAR, JournalRecord, JournalResult, merge_records


def entry(request: str, at: int = 1, outcome: str = "done", seq: int = 0, restores: int = 0) -> JournalRecord:
    given = JournalResult(seq=seq, kind="ticket.issued", subject=7, label="A007", restores=restores)
    return JournalRecord(
        request=request,
        office="kaltara",
        name="IssueTicket",
        arguments="{}",
        at=at,
        station="kios-1",
        outcome=outcome,
        result=msgspec.json.encode(given).decode() if seq else "",
    )


def requests(*entries: JournalRecord) -> list[str]:
    return [each.request for each in merge_records(entries, "kaltara")]


def test_the_order_is_that_of_the_log_and_the_unknown_comes_last() -> None:
    """Two PCs' clocks differ by a moment; the log knows who was first."""
    unknown = (entry("r8", at=9), entry("r7", at=3, outcome="open"))
    assert requests(*unknown, entry("r2", at=1, seq=12), entry("r1", at=5, seq=11)) == [
        "r1",
        "r2",
        "r7",
        "r8",
    ]


def test_what_was_written_in_a_rebuilt_log_comes_after_all_of_the_former_one() -> None:
    """The rebuilt log lacks a few events, so it counts from less than the former one had reached."""
    assert requests(entry("r3", seq=38, restores=1), entry("r2", seq=40), entry("r1", seq=12)) == [
        "r1",
        "r2",
        "r3",
    ]


def test_a_request_in_two_places_is_one_and_who_knows_the_end_is_believed() -> None:
    carried, own = entry("r1", outcome="open"), entry("r1", seq=4)
    assert merge_records((carried, own), "kaltara") == merge_records((own, carried), "kaltara") == (own,)
    ended = entry("r1", outcome="refused")
    assert merge_records((carried, ended), "kaltara") == (ended,)
    assert merge_records((carried, own), "dki") == ()


@pytest.mark.parametrize(
    ("outcome", "result", "doubt", "failed"),
    [
        ("done", "", False, False),
        ("open", "", True, False),
        ("open", UNCLEAR, False, True),
        ("refused", "Tutup.", False, False),
        ("abandoned", "", False, False),
    ],
)
@pytest.mark.parametrize("name", ["IssueTicket", "MergeTicket"])
def test_what_is_known_of_how_it_ended(
    outcome: str, result: str, doubt: bool, failed: bool, name: str
) -> None:
    """An act that was done alone happened, however handing it in went."""
    told = msgspec.structs.replace(entry("r1", outcome=outcome), result=result, name=name)
    alone = name == "MergeTicket"
    assert (told.is_in_doubt, told.shown_as_failed) == (doubt and not alone, failed and not alone)
    assert told.journal_result is None


def test_what_is_about_no_row_is_read_as_it_was_written() -> None:
    """A day that is closed with nobody waiting: its entry must not be taken for a torn one."""
    given = JournalResult(seq=4, kind="day.closed", subject=0)
    closed = msgspec.structs.replace(entry("r1"), result=msgspec.json.encode(given).decode())
    assert closed.journal_result == given
