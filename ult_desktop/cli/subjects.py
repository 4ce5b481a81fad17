"""Requests of data subjects and failures of data protection from the command line."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from ult_desktop.base.errors import UserError
from ult_desktop.cli.asking import (
    TIME_FORMAT,
    add_commands,
    moment_named,
    write_answer,
)
from ult_desktop.cli.case_names import write_sheet
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    sign_in,
    write_json,
)
from ult_desktop.core.privacy.breaches import (
    Breach,
    CloseBreach,
    DescribeBreach,
    NoteBreachNotice,
    NoticeRecipient,
    RecordBreach,
)
from ult_desktop.core.privacy.commands import (
    AnswerSubjectRequest,
    AttachSubjectVisits,
    CloseSubjectRequest,
    CorrectSubjectData,
    DetachSubjectVisit,
    EraseSubjectData,
    ExportSubjectData,
    HoldSubjectData,
    OpenSubjectContact,
    RegisterSubjectRequest,
    ReleaseSubjectData,
    VerifySubject,
    WithdrawRemembering,
)
from ult_desktop.core.privacy.subjects import DeadlineState, SubjectRequest
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import breaches
from ult_desktop.db.privacy import subjects as rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.privacy_sheets import breach_letter, copy_sheet
from ult_desktop.operations.visits.returning_visitors import find_subject_visits

_MARKS = {
    DeadlineState.CALM: "",
    DeadlineState.AMBER: "  kurang dari 24 jam",
    DeadlineState.RED: "  LEWAT 3×24 jam",
}


def _moment(office: Office, text: str) -> int:
    try:
        return moment_named(office, datetime.datetime.strptime(text, TIME_FORMAT))  # noqa: DTZ007  (the office's zone)
    except ValueError as error:
        raise UserError(f"“{text}” bukan waktu.", todo="Tulis seperti 2026-11-23 09:00.") from error


_WHEN = {"received_at": _moment, "known_at": _moment}


@click.group(help="Permintaan subjek data (UU 27/2022): daftar, pencarian, salinan, perbaikan, penghapusan.")
def subject() -> None:
    pass


add_commands(
    subject,
    [
        ("register", RegisterSubjectRequest, "Daftarkan permintaan KIND dari NAME."),
        ("verify", VerifySubject, "Identitas pemohon REQUEST dipastikan menurut HOW."),
        ("contact", OpenSubjectContact, "Kontak pemohon REQUEST tanpa samaran; pembukaannya dicatat."),
        ("attach", AttachSubjectVisits, "Kunjungan VISITS adalah milik pemohon REQUEST."),
        ("detach", DetachSubjectVisit, "Kunjungan VISIT bukan milik pemohon REQUEST."),
        ("correct", CorrectSubjectData, "Perbaiki FIELD pada buku tamu VISIT menjadi VALUE."),
        ("erase", EraseSubjectData, "Hapus yang boleh dihapus dari kunjungan VISIT."),
        ("hold", HoldSubjectData, "Tunda penghapusan kunjungan VISIT."),
        ("release", ReleaseSubjectData, "Cabut penundaan kunjungan VISIT."),
        ("withdraw", WithdrawRemembering, "Tarik persetujuan diingat pada semua kunjungan yang ditautkan."),
        ("answer", AnswerSubjectRequest, "Catat jawaban dan cara penyampaiannya."),
        ("close", CloseSubjectRequest, "Tutup permintaan REQUEST."),
    ],
    _WHEN,
)


@subject.command(name="list", help="Yang belum ditutup; dengan --year register tahun itu.")
@click.option("--year", type=int)
@database_option
@json_option
def list_requests(year: int | None, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        found = office.read(lambda tx: rows.still_open(tx) if year is None else rows.of_year(tx, year))
        _write(office, found, as_json)


@subject.command(help="Satu permintaan: kunjungannya dan apa yang sudah dilakukan.")
@click.argument("request", type=int)
@database_option
@json_option
def show(request: int, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        if office.read(lambda tx: rows.find(tx, request)) is None:
            raise UserError("Permintaan itu tidak ada.", todo="Lihat daftarnya: subject list.")
        write_answer(office, office.read(lambda tx: rows.file_of(tx, request)), as_json)


@subject.command(
    help="Cari kunjungan: awal nama, nomor permohonan, atau nomor telepon utuh (dengan --officer)."
)
@click.argument("text")
@click.option("--officer", default="", envvar="ULT_OFFICER", help="Nama masuk petugas yang kuncinya dipakai.")
@database_option
@json_option
def search(text: str, officer: str, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        if officer:
            sign_in(office, officer)
        write_answer(office, find_subject_visits(office, text), as_json)


@subject.command(help="Salinan semua data pemohon REQUEST, sebagai PDF dan JSON.")
@click.argument("request", type=int)
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json-file", type=click.Path(path_type=Path, dir_okay=False))
@database_option
@officer_option
def export(request: int, pdf: Path | None, json_file: Path | None, database: Path, officer: str) -> None:
    with open_office(database) as office:
        dossier = office.perform(ExportSubjectData(request_id=request), sign_in(office, officer))
        if json_file is not None:
            _write_file(json_file, msgspec.json.format(msgspec.json.encode(dossier)))
        if pdf is not None or json_file is None:
            write_sheet(copy_sheet(office.read(office_rows.load).settings, dossier), pdf, "none")


@click.group(help="Insiden kegagalan pelindungan data (Pasal 46): catatan, surat, batas 3×24 jam.")
def breach() -> None:
    pass


add_commands(
    breach,
    [
        ("record", RecordBreach, "Catat insiden: WHAT terjadi, HAPPENED kapan dan bagaimana, DATA apa."),
        ("describe", DescribeBreach, "Lengkapi insiden BREACH."),
        ("told", NoteBreachNotice, "Pemberitahuan tertulis kepada WHOM sudah dikirim dengan HOW."),
        ("close", CloseBreach, "Tutup insiden BREACH; LESSON ialah perbaikan yang dilakukan."),
    ],
    _WHEN,
)


@breach.command(name="list", help="Yang belum ditutup; dengan --year register tahun itu.")
@click.option("--year", type=int)
@database_option
@json_option
def list_breaches(year: int | None, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        found = office.read(
            lambda tx: breaches.still_open(tx) if year is None else breaches.of_year(tx, year)
        )
        _write(office, found, as_json)


@breach.command(help="Surat pemberitahuan insiden BREACH kepada WHOM.")
@click.argument("breach_id", metavar="BREACH", type=int)
@click.argument("whom", type=click.Choice([each.value for each in NoticeRecipient]))
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False))
@database_option
def letter(breach_id: int, whom: str, pdf: Path | None, database: Path) -> None:
    with open_office(database) as office:
        letter = office.read(lambda tx: breach_letter(tx, breach_id, NoticeRecipient(whom), office.clock()))
        write_sheet(letter, pdf, "none")


def _write(office: Office, found: Sequence[SubjectRequest | Breach], as_json: bool) -> None:
    zone, now = office.read(office_rows.zone), office.clock()
    for each in found:
        if as_json:
            write_json({**msgspec.to_builtins(each), "pace": each.pace(now)})
            continue
        what = f"{each.kind}  {each.name}" if isinstance(each, SubjectRequest) else each.what
        due = to_datetime(each.due_at, zone).strftime("%Y-%m-%d %H.%M")
        click.echo(f"{each.id}  {each.number}  {what}  batas {due}{_MARKS[each.pace(now)]}")


def _write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UserError(f"{path} tidak dapat ditulis ({error}).", "Datanya tetap tersimpan.") from error
