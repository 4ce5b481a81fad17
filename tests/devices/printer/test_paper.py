"""What a ticket's QR says."""

from dataclasses import replace

import pytest

from ult_desktop.devices.printer.paper import TicketPaper


@pytest.mark.parametrize(
    ("survey", "qr"),
    [
        ("", "K7QX-2M9D"),
        ("https://ult.example.id/survei", "https://ult.example.id/survei?k=K7QX-2M9D"),
        ("https://ult.example.id/s?o=1", "https://ult.example.id/s?o=1&k=K7QX-2M9D"),
    ],
)
def test_the_qr_leads_to_the_survey_where_there_is_one(ticket: TicketPaper, survey: str, qr: str) -> None:
    assert replace(ticket, survey_url=survey).qr == qr


def test_a_survey_without_a_code_is_left_out(ticket: TicketPaper) -> None:
    assert replace(ticket, code="", survey_url="https://ult.example.id").qr == ""
