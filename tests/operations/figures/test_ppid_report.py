"""The annual report of PPID: counted from the register, told in PPID's own words, due on 31 March."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.office import make_office
from tests.operations.desks import Desks
from tests.operations.scene import Scene
from tests.reports.pdf_words import pages_and_words
from ult_desktop.base import UserError
from ult_desktop.core.cases.commands import (
    AnswerObjection,
    DecideInformationRequest,
    ExtendInformationRequest,
    FileObjection,
    NoteDispute,
    RegisterInformationRequest,
)
from ult_desktop.core.cases.ppid import Applicant, CopyForm, Decision, ObjectionReason, Possession
from ult_desktop.core.cases.ppid_year import PpidReportDue, TellPpidYear
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.figures.report import PeriodReport, ReportValue
from ult_desktop.db.cases import ppid_years
from ult_desktop.operations.edits import limit_edit
from ult_desktop.operations.figures.ppid_report import ppid_report
from ult_desktop.reports.forms import ReportForm, report_bytes


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    scene = Scene(make_office(tmp_path, always_open=False), "2026-10-05 09:00")
    scene.sit(1)
    yield Desks(scene)
    scene.close()


def register(
    desks: Desks, applicant: Applicant = Applicant.PERSON, copy_form: CopyForm = CopyForm.SOFT
) -> int:
    request = desks.do(
        RegisterInformationRequest(
            case_id=desks.case().id,
            wanted="Data rapor mutu",
            purpose="Skripsi",
            applicant=applicant,
            copy_form=copy_form,
        )
    )
    found: int = request.id
    return found


def tell_year(desks: Desks, year: int, **said: str) -> None:
    """PPID reads what is written about the year, and writes more."""
    command = TellPpidYear(year=year, **said)  # type: ignore[arg-type]
    desks.do(limit_edit(desks.scene.office, command, said), "putri")


def decide(
    desks: Desks,
    request_id: int,
    decision: Decision = Decision.GRANTED,
    held: Possession = Possession.YES,
    held_by: str = "",
    ground: str = "",
) -> None:
    command = DecideInformationRequest(
        request_id=request_id, decision=decision, held=held, held_by=held_by, ground=ground
    )
    desks.do(command, "putri")


def a_year(desks: Desks) -> None:
    """Granted in time, granted late, refused after an extension, not held elsewhere, still open."""
    in_time, late, extended = (register(desks) for _n in range(3))
    desks.scene.set_time("2026-10-09 09:00")
    decide(desks, in_time)
    desks.do(ExtendInformationRequest(request_id=extended, reason="Berkas di gudang"), "putri")
    desks.scene.set_time("2026-10-26 09:00")
    decide(desks, extended, Decision.REFUSED, held=Possession.NO, held_by="Dinas Pak Budi")
    decide(desks, late, Decision.PARTLY, held=Possession.NOT_DOCUMENTED)
    register(desks, applicant=Applicant.BODY, copy_form=CopyForm.HARD)
    objection = desks.do(FileObjection(request_id=late, reason=ObjectionReason.LATE, position="Terlalu lama"))
    desks.do(AnswerObjection(objection_id=objection.id, answer="Diperbaiki"), "putri")
    desks.do(NoteDispute(objection_id=objection.id, note="Mediasi di Komisi Informasi"), "putri")


def made(desks: Desks, period: str = "2026") -> PeriodReport:
    return ppid_report(desks.scene.office.read, parse_period(period), desks.scene.clock())


def counts(report: PeriodReport, key: str) -> dict[ReportValue, ReportValue]:
    return {row[0]: row[1] for row in report.part(key).rows if row[1]}


def test_what_the_register_counts(desks: Desks) -> None:
    a_year(desks)
    report = made(desks)
    assert [tile.value for tile in report.tiles] == [4, 2, 1, pytest.approx(46 / 3, rel=0.001), 1]
    assert counts(report, "promptness") == {
        "Diputus dalam 10 hari kerja": 1,
        "Diputus dalam perpanjangan 7 hari kerja": 1,
        "Diputus sesudah batas waktu": 1,
        "Belum diputus, masih dalam batas waktu": 1,
    }
    assert counts(report, "decisions") == {
        "Dikabulkan": 1,
        "Dikabulkan sebagian": 1,
        "Ditolak": 1,
        "Belum diputus": 1,
    }
    assert counts(report, "refusals") == {"Tidak dikuasai": 1, "Belum didokumentasikan": 1}
    assert counts(report, "applicants") == {"Perorangan": 3, "Badan hukum": 1}
    assert counts(report, "handling") == {
        "Ditanggapi dalam 30 hari kerja": 1,
        "Disengketakan ke Komisi Informasi": 1,
    }
    assert counts(report, "months") == {"Oktober": 4}
    assert len(report.part("months").rows) == 12
    assert counts(made(desks, "2026-T4"), "months") == {"Oktober": 4}


def test_a_refusal_is_counted_by_the_ground_that_it_names(desks: Desks) -> None:
    for _n in range(2):
        decide(desks, register(desks), Decision.REFUSED, ground="17h")
    decide(desks, register(desks))
    ground = "Mengungkapkan rahasia pribadi (UU 14/2008 Pasal 17 huruf h)"
    assert counts(made(desks), "refusals") == {ground: 2}


def test_an_empty_year_is_told_in_words(desks: Desks) -> None:
    report = made(desks, "2025")
    assert {part.note for part in report.parts} == {"Tidak ada dalam periode ini."}
    pages, words = pages_and_words(report_bytes(report, ReportForm.PDF))
    assert pages > 1
    assert "Belumadapermohonanyangdiputus." in words
    assert "Tidakadaketeranganuntuktahunini." in words


def test_the_report_holds_ppids_own_words_and_nobodys_name(desks: Desks) -> None:
    a_year(desks)
    tell_year(desks, 2026, staff="Dua petugas", budget="Rp 12 juta")
    tell_year(desks, 2026, facilities="Meja PPID")
    _pages, words = pages_and_words(report_bytes(made(desks), ReportForm.PDF))
    for told in ("Duapetugas", "Rp12juta", "MejaPPID", "LAPORANLAYANANINFORMASIPUBLIK"):
        assert told in words
    for hidden in ("Ani", "PakBudi", "Skripsi", "Terlalulama"):
        assert hidden not in words


def test_last_years_is_due_until_it_went_out(desks: Desks) -> None:
    def due() -> PpidReportDue | None:
        return desks.scene.office.read(partial(ppid_years.due_report, now=desks.scene.clock()))

    register(desks)
    assert due() is None
    desks.scene.set_time("2027-01-04 09:00")
    found = due()
    assert found is not None
    assert (found.year, found.until) == (2026, date(2027, 3, 31))
    assert not found.is_late(date(2027, 3, 31))
    assert found.is_late(date(2027, 4, 1))
    tell_year(desks, 2026, sent_on="2027-01-04")
    assert due() is None
    tell_year(desks, 2026, sent_on="")
    assert due() is not None


@pytest.mark.parametrize(
    ("year", "sent_on", "says"),
    [
        (2027, "", "belum berjalan"),
        (2026, "2026-12-31", "sebelum tahunnya berakhir"),
        (2026, "besok", "bukan tanggal"),
    ],
)
def test_what_cannot_be_is_refused(desks: Desks, year: int, sent_on: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        tell_year(desks, year, sent_on=sent_on)
