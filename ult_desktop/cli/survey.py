"""The satisfaction survey (SKM) from the command line: fill in, refuse, confirm, import, the result."""

import datetime
from pathlib import Path

import click

from ult_desktop.base.errors import UserError
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    service_id,
    sign_in,
    write_json,
)
from ult_desktop.cli.survey_answers import answers_option, parse_answers
from ult_desktop.core.command import Command
from ult_desktop.core.survey.commands import (
    ConfirmSurvey,
    EnterPaperSurvey,
    FillSurvey,
    ImportSurvey,
    InviteSurvey,
    RefuseSurvey,
)
from ult_desktop.core.survey.period import Period, period_named
from ult_desktop.core.survey.survey import (
    SurveyMode,
    SurveyToken,
    TokenState,
    token_word,
)
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.survey.answer_lists import import_answers, questionnaire, template_line
from ult_desktop.operations.survey.board import SurveyBoard, survey_board
from ult_desktop.operations.survey.survey import survey_subject


@click.group(help="Survei Kepuasan Masyarakat (SKM): isi, impor, hasil.")
def survey() -> None:
    pass


def _given(office: Office, number: str, visit: int | None) -> dict[str, int | None]:
    """Whose survey it is. Raises UserError unless exactly one of the two is named."""
    if bool(number) == (visit is not None):
        raise UserError("Sebut nomor antrean, atau --visit.", "Tidak ada yang berubah.")
    if visit is not None:
        return {"visit_id": visit}
    return office.read(lambda tx: survey_subject(tx, number, office.clock())).named


def _write(token: SurveyToken | None, as_json: bool) -> None:
    if as_json:
        write_json(token)
    else:
        click.echo(token_word(TokenState.FILLED if token is None else token.state))


def _carry_out(
    kind: type[Command], number: str, visit: int | None, database: Path, officer: str
) -> SurveyToken:
    with open_office(database) as office:
        actor = sign_in(office, officer)
        token: SurveyToken = office.perform(kind(**_given(office, number, visit)), actor)
    return token


@survey.command(help="Jawaban pengunjung NUMBER: --answer sarana=4, sekali untuk setiap unsur.")
@click.argument("number", default="")
@click.option("--visit", type=int, help="Kunjungan tanpa nomor antrean.")
@click.option("--assisted", is_flag=True, help="Petugas mengisikan untuk pengunjung.")
@answers_option
@database_option
@officer_option
@json_option
def fill(
    number: str,
    visit: int | None,
    assisted: bool,
    database: Path,
    officer: str,
    as_json: bool,
    **said: str | tuple[str, ...],
) -> None:
    mode = SurveyMode.ASSISTED if assisted else SurveyMode.SCREEN
    with open_office(database) as office:
        actor = sign_in(office, officer)
        command = FillSurvey(said=parse_answers(**said), mode=mode, **_given(office, number, visit))
        _write(office.perform(command, actor), as_json)


@survey.command(help="Masukkan formulir kertas; tanpa nomor ia milik siapa pun.")
@click.argument("number", default="")
@click.option("--visit", type=int)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Tanggal formulirnya.")
@click.option("--service", default="", help="Awalan atau nama layanan.")
@answers_option
@database_option
@officer_option
@json_option
def paper(
    number: str,
    visit: int | None,
    day: datetime.datetime,
    service: str,
    database: Path,
    officer: str,
    as_json: bool,
    **said: str | tuple[str, ...],
) -> None:
    with open_office(database) as office:
        actor = sign_in(office, officer)
        whose = _given(office, number, visit) if number or visit is not None else {}
        of_service = service_id(office, service) if service else None
        command = EnterPaperSurvey(said=parse_answers(**said), day=day.date(), service_id=of_service, **whose)
        _write(office.perform(command, actor), as_json)


@survey.command(help="Pengunjung NUMBER menolak mengisi.")
@click.argument("number", default="")
@click.option("--visit", type=int)
@database_option
@officer_option
@json_option
def refuse(number: str, visit: int | None, database: Path, officer: str, as_json: bool) -> None:
    _write(_carry_out(RefuseSurvey, number, visit, database, officer), as_json)


@survey.command(help="Pengunjung NUMBER diberi alamat survei di luar.")
@click.argument("number", default="")
@click.option("--visit", type=int)
@database_option
@officer_option
@json_option
def invite(number: str, visit: int | None, database: Path, officer: str, as_json: bool) -> None:
    _write(_carry_out(InviteSurvey, number, visit, database, officer), as_json)


@survey.command(help="Pengunjung NUMBER menunjukkan bahwa survei di luar sudah terisi.")
@click.argument("number", default="")
@click.option("--visit", type=int)
@database_option
@officer_option
@json_option
def confirm(number: str, visit: int | None, database: Path, officer: str, as_json: bool) -> None:
    _write(_carry_out(ConfirmSurvey, number, visit, database, officer), as_json)


@survey.command(name="import", help="Impor jawaban formulir luar dari FILE (CSV, XLSX, JSON), tidak ganda.")
@click.argument("file", type=click.Path(path_type=Path))
@database_option
@officer_option
@json_option
def import_file(file: Path, database: Path, officer: str, as_json: bool) -> None:
    with open_office(database) as office:
        actor = sign_in(office, officer)

        def perform(command: ImportSurvey) -> int:
            return int(office.perform(command, actor))

        report = import_answers(file, office.read, perform, office.clock())
    if as_json:
        write_json(report)
        return
    click.echo(f"{report.added} jawaban baru, {report.known} sudah ada, {len(report.refused)} ditolak.")
    for refusal in report.refused:
        click.echo(f"baris {refusal.line}: {refusal.why}")


@survey.command(help="Judul kolom berkas yang dapat diimpor.")
@json_option
def template(as_json: bool) -> None:
    if as_json:
        write_json(questionnaire())
    else:
        click.echo(template_line())


@survey.command(help="IKM dan unsurnya pada PERIOD: 2026-11, 2026-T4, atau 2026; tanpa PERIOD bulan ini.")
@click.argument("period", default="")
@database_option
@json_option
def result(period: str, database: Path, as_json: bool) -> None:
    with open_office(database) as office:
        wanted: Period | None = period_named(period) if period else None
        board = office.read(lambda tx: survey_board(tx, office.clock(), wanted))
    if as_json:
        write_json(board)
    else:
        _tell(board)


def _tell(board: SurveyBoard) -> None:
    click.echo(f"{board.first} s.d. {board.last}")
    click.echo(f"Responden {board.respondents}, sampel {board.needed} dari {board.visits} penerima layanan")
    if board.index is None:
        click.echo("Belum cukup responden untuk menampilkan hasil.")
        return
    grade = board.index.grade
    click.echo(f"IKM {board.index.index or '–'}  {grade.letter if grade else ''}")
    for element in board.index.elements:
        name = questionnaire().element(element.element).name.id
        click.echo(f"{name:<42}{element.index or '–'}  {element.grade.letter if element.grade else ''}")
