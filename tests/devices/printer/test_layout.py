"""The ticket's layout on any width of paper."""

import gettext
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st
from typing_extensions import override

from ult_desktop.base import i18n
from ult_desktop.devices.printer.layout import Cut, Qr, Text, ticket_layout
from ult_desktop.devices.printer.model import model_for
from ult_desktop.devices.printer.paper import TicketPaper

WIDE, NARROW = model_for("TM-T88V", 80), model_for("", 58)
LONG = "Penerbitan Surat Keterangan Pindah Tugas Pendidik dan Tenaga Kependidikan Antarprovinsi"


def texts(paper: TicketPaper, columns: int = 42) -> list[Text]:
    commands = ticket_layout(paper, replace(WIDE, columns=columns))
    return [command for command in commands if isinstance(command, Text)]


def words(paper: TicketPaper, columns: int = 42) -> str:
    return " ".join(line.text.strip() for line in texts(paper, columns))


def test_everything_stands_in_the_order_of_reading(ticket: TicketPaper) -> None:
    assert words(ticket) == (
        "UNIT LAYANAN TERPADU BPMP Provinsi Kalimantan Utara NOMOR ANTREAN A012 "
        "Informasi & Konsultasi Sabtu, 21 November 2026  09.41 WITA "
        "Menunggu di depan Anda: 3 (10-20 menit, kira-kira pukul 09.55) K7QX-2M9D "
        "Harap menunggu nomor Anda dipanggil. Layanan ini tidak dipungut biaya. Terima kasih."
    )
    assert ticket_layout(ticket, WIDE)[-1] == Cut()


@pytest.mark.parametrize(
    ("label", "columns", "scale"),
    [("A012", 42, 8), ("A012", 32, 8), ("AB1234", 42, 7), ("AB1234", 32, 5), ("P", 32, 8), ("X" * 40, 32, 1)],
)
def test_the_number_is_the_biggest_that_fits(
    ticket: TicketPaper, label: str, columns: int, scale: int
) -> None:
    number = next(line for line in texts(replace(ticket, label=label), columns) if line.text in label)
    assert (number.width, number.height) == (scale, scale)


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_long_names_are_wrapped_and_never_cut(ticket: TicketPaper, columns: int) -> None:
    long = replace(ticket, service=LONG, office=(LONG, LONG))
    assert words(long, columns).count(LONG) == 3


def test_a_short_service_is_printed_twice_as_large(ticket: TicketPaper) -> None:
    sizes = {line.text: (line.width, line.height) for line in texts(replace(ticket, service="Telepon"))}
    assert sizes["Telepon"] == (2, 2)


def test_priority_and_reprint_are_marked_only_then(ticket: TicketPaper) -> None:
    plain = [line.text for line in texts(ticket) if line.inverse]
    marked = [line.text for line in texts(replace(ticket, priority=True, reprint=True)) if line.inverse]
    assert (plain, marked) == ([], [" * CETAK ULANG * ", " * PRIORITAS * "])


def test_marks_never_outgrow_narrow_paper(ticket: TicketPaper) -> None:
    marks = [line for line in texts(replace(ticket, reprint=True, priority=True), 32) if line.inverse]
    assert [(mark.width, mark.height) for mark in marks] == [(1, 2), (2, 2)]


def test_the_wait_and_the_counter_are_large_enough_for_old_eyes(ticket: TicketPaper) -> None:
    told = replace(ticket, following=("Anda dipanggil di Loket 3.",))
    heights = {line.text: line.height for line in texts(told)}
    assert heights["Anda dipanggil di Loket 3."] == 2
    assert {height for text, height in heights.items() if "Menunggu di depan" in text} == {2}


def test_nothing_is_said_about_the_wait_when_nothing_is_known(ticket: TicketPaper) -> None:
    assert "Menunggu" not in words(replace(ticket, ahead=""))


def test_the_survey_is_offered_where_there_is_one(ticket: TicketPaper) -> None:
    paper = replace(ticket, survey_url="https://ult.example.id/s")
    assert Qr("https://ult.example.id/s?k=K7QX-2M9D") in ticket_layout(paper, NARROW)
    assert "Sesudah dilayani, pindai untuk mengisi survei" in words(paper)


def test_without_a_code_there_is_no_qr(ticket: TicketPaper) -> None:
    assert not [c for c in ticket_layout(replace(ticket, code=""), WIDE) if isinstance(c, Qr)]


def test_a_printer_without_pictures_prints_the_code_in_letters(ticket: TicketPaper) -> None:
    commands = ticket_layout(replace(ticket, survey_url="https://ult.example.id"), model_for("TM-U220", 80))
    assert Text("K7QX-2M9D") in commands
    assert not [command for command in commands if isinstance(command, Qr)]


class Shouting(gettext.NullTranslations):
    """A language that any text can be translated into."""

    @override
    def gettext(self, message: str) -> str:
        return message.upper()


def test_the_labels_follow_the_language(ticket: TicketPaper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n._Current, "catalogue", Shouting())
    assert "TERIMA KASIH." in words(ticket)
    assert "Informasi & Konsultasi" in words(ticket)


any_text = st.text(max_size=60)


@given(any_text, any_text, any_text, st.lists(any_text, max_size=3), st.sampled_from([32, 42, 48]))
def test_no_line_is_wider_than_the_paper(
    label: str, service: str, issued: str, office: list[str], columns: int
) -> None:
    paper = TicketPaper(tuple(office), label, service, issued, priority=True, reprint=True)
    assert all(len(line.text) * line.width <= columns for line in texts(paper, columns))
