"""A request from afar: its number, what makes it one and the same, and portions for short transactions."""

import pytest

from ult_desktop.core.online.online_request import (
    OnlineRow,
    OnlineSource,
    OnlineState,
    Recap,
    Reply,
    fingerprint,
    key_of,
    mail_draft,
)


def row(**said: object) -> OnlineRow:
    return OnlineRow(**{"name": "Dedi", "detail": "Mohon data", **said})  # type: ignore[arg-type]


def test_the_source_number_makes_it_one_and_the_same() -> None:
    assert key_of(row(external_id="S-1")) == key_of(row(external_id="S-1", detail="Lain")) == "id:S-1"


@pytest.mark.parametrize("same", [{"detail": "  mohon   DATA "}, {"name": "dedi"}])
def test_without_a_number_the_words_tell(same: dict[str, str]) -> None:
    assert fingerprint(row(**same)) == fingerprint(row())
    assert key_of(row(**same)).startswith("hash:")


@pytest.mark.parametrize("other", [{"detail": "Mohon izin"}, {"sent_at": 1}])
def test_other_words_are_another_request(other: dict[str, object]) -> None:
    assert fingerprint(row(**other)) != fingerprint(row())


def test_the_public_numbers() -> None:
    recap = Recap(year=2026, new=1, in_progress=1, closed=2, services=(("Data", 3), ("Izin", 1)))
    assert recap.total == 4
    assert recap.shares() == (("Data", 75.0), ("Izin", 25.0))


def test_every_source_and_state_has_its_word() -> None:
    assert len({source.word for source in OnlineSource}) == len(OnlineSource)
    assert [state.word for state in OnlineState] == ["Pengajuan", "Dalam proses", "Terjawab", "Ditutup"]


def test_an_address_of_two_lines_makes_no_message() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        mail_draft(Reply(to="ani@contoh.id\nBcc: semua@contoh.id", subject="Jawaban", text="Terlampir."))
