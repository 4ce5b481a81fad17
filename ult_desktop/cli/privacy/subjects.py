"""Requests of data subjects and failures of data protection from the command line."""

from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.cli.common import asking, naming, paper, session
from ult_desktop.cli.common.help import FieldChoice, KeyChoice
from ult_desktop.core.privacy import breaches as privacy_breaches, commands, subjects
from ult_desktop.core.privacy.subjects import CORRECTABLE
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import breaches, subjects as rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.privacy_sheets import breach_letter, copy_sheet
from ult_desktop.operations.visits.returning_visitors import find_subject_visits
from ult_desktop.reports.files import write_whole

_YEAR = asking.option("year", type=asking.YEAR)


def _tell(
    office: Office, found: Sequence[subjects.SubjectRequest | privacy_breaches.Breach], as_json: bool
) -> None:
    now, reader = office.clock(), asking.reader_of(office)
    for each in found:
        if as_json:
            session.write_json({**msgspec.to_builtins(each), "pace": each.pace(now)})
        else:
            told = reader.line(each, "number", "kind", "name", "what", "due_at")
            click.echo(" · ".join(filter(None, (told, _mark(each.pace(now))))))
    if not found and not as_json:
        asking.tell_rows(())


def _mark(pace: subjects.DeadlineState) -> str:
    return {
        subjects.DeadlineState.CALM: "",
        subjects.DeadlineState.AMBER: _("kurang dari 24 jam"),
        subjects.DeadlineState.RED: _("LEWAT 3×24 jam"),
    }[pace]


def _file(office: Office, request: int) -> object:
    if office.read(lambda tx: rows.find(tx, request)) is None:
        raise UserError(_("Permintaan itu tidak ada."), todo=_("Lihat daftarnya: subject list."))
    return office.read(lambda tx: rows.file_of(tx, request))


def _save(office: Office, dossier: subjects.Dossier, _as_json: bool) -> None:
    pdf, json_file = asking.typed("pdf"), asking.typed("json_file")
    if json_file is not None:
        write_whole(json_file, msgspec.json.format(msgspec.json.encode(dossier)))
    if pdf is not None or json_file is None:
        paper.write_sheet(copy_sheet(office.read(office_rows.load).settings, dossier), pdf)


subject = asking.Noun(
    "subject",
    "Permintaan subjek data (UU 27/2022): daftar, pencarian, salinan, perbaikan, penghapusan.",
    resolve={
        "request_id": naming.subject_request_named,
        "visits": lambda office, typed: tuple(naming.visit_named(office, each) for each in typed),
    },
)
subject.operation(
    "correct",
    commands.CorrectSubjectData,
    "Perbaiki FIELD pada buku tamu VISIT menjadi VALUE.",
    asking.argument("field", type=FieldChoice(CORRECTABLE), metavar="FIELD"),
)
subject.operations(
    [
        ("register", commands.RegisterSubjectRequest, "Daftarkan permintaan KIND dari NAME."),
        ("verify", commands.VerifySubject, "Identitas pemohon REQUEST dipastikan menurut HOW."),
        (
            "contact",
            commands.OpenSubjectContact,
            "Kontak pemohon REQUEST tanpa samaran; pembukaannya dicatat.",
        ),
        ("attach", commands.AttachSubjectVisits, "Kunjungan VISITS adalah milik pemohon REQUEST."),
        ("detach", commands.DetachSubjectVisit, "Kunjungan VISIT bukan milik pemohon REQUEST."),
        ("erase", commands.EraseSubjectData, "Hapus yang boleh dihapus dari kunjungan VISIT."),
        ("hold", commands.HoldSubjectData, "Tunda penghapusan kunjungan VISIT."),
        ("release", commands.ReleaseSubjectData, "Cabut penundaan kunjungan VISIT."),
        (
            "withdraw",
            commands.WithdrawRemembering,
            "Tarik persetujuan diingat pada semua kunjungan yang ditautkan.",
        ),
        ("answer", commands.AnswerSubjectRequest, "Catat jawaban dan cara penyampaiannya."),
        ("close", commands.CloseSubjectRequest, "Tutup permintaan REQUEST."),
    ]
)
subject.query(
    "list",
    "Yang belum ditutup; dengan --year register tahun itu.",
    asking.of_office(lambda tx, year: rows.still_open(tx) if year is None else rows.of_year(tx, year)),
    _YEAR,
    write=_tell,
)
subject.query(
    "show",
    "Satu permintaan: kunjungannya dan apa yang sudah dilakukan.",
    _file,
    asking.argument("request", resolve=naming.subject_request_named),
)
subject.operation(
    "export",
    commands.ExportSubjectData,
    "Salinan semua data pemohon REQUEST, sebagai PDF dan JSON.",
    asking.argument("request_id"),
    asking.option("pdf", type=paper.FILE),
    asking.option("json_file", type=paper.FILE),
    make=lambda _office, request_id, **_files: commands.ExportSubjectData(request_id=request_id),
    write=_save,
    has_json=False,
)


@subject.command(
    help="Cari kunjungan: awal nama, nomor permohonan, atau nomor telepon utuh (dengan --officer)."
)
@click.argument("text")
@click.option("--officer", default="", envvar="ULT_OFFICER", help="Nama masuk petugas yang kuncinya dipakai.")
@session.database_option
@session.json_option
def search(text: str, officer: str, database: Path, as_json: bool) -> None:
    with session.open_office(database) as office:
        if officer:
            session.sign_in(office, officer)
        asking.write_answer(office, find_subject_visits(office, text), as_json)


breach = asking.Noun(
    "breach",
    "Insiden kegagalan pelindungan data (Pasal 46): catatan, surat, batas 3×24 jam.",
    asking.option("persons", "Berapa orang yang datanya terkena."),
)
breach.operations(
    [
        (
            "record",
            privacy_breaches.RecordBreach,
            "Catat insiden: WHAT terjadi, HAPPENED kapan dan bagaimana, DATA apa.",
        ),
        ("describe", privacy_breaches.DescribeBreach, "Lengkapi insiden BREACH."),
        (
            "told",
            privacy_breaches.NoteBreachNotice,
            "Pemberitahuan tertulis kepada WHOM sudah dikirim dengan HOW.",
        ),
        (
            "close",
            privacy_breaches.CloseBreach,
            "Tutup insiden BREACH; LESSON ialah perbaikan yang dilakukan.",
        ),
    ]
)
breach.query(
    "list",
    "Yang belum ditutup; dengan --year register tahun itu.",
    asking.of_office(
        lambda tx, year: breaches.still_open(tx) if year is None else breaches.of_year(tx, year)
    ),
    _YEAR,
    write=_tell,
)
breach.query(
    "letter",
    "Surat pemberitahuan insiden BREACH kepada WHOM.",
    lambda office, breach_id, whom, **_file: office.read(
        lambda tx: breach_letter(tx, breach_id, privacy_breaches.NoticeRecipient(whom), office.clock())
    ),
    asking.argument("breach_id"),
    asking.argument("whom", type=KeyChoice(privacy_breaches.NoticeRecipient)),
    asking.option("pdf", type=paper.FILE),
    write=lambda _office, letter, _as_json: paper.write_sheet(letter, asking.typed("pdf")),
    has_json=False,
)
