"""The import of answers from an outside form: columns, preview, and the way back."""

from functools import partial
from pathlib import Path

from ult_desktop.base import _, counted
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.survey.answer_columns import (
    AnswerColumn,
    AnswerColumns,
    answer_table,
    column_words,
    lacking_columns,
    needed_columns,
)
from ult_desktop.core.survey.commands import ImportSurvey
from ult_desktop.db.survey import survey as survey_rows
from ult_desktop.db.survey.survey import SurveyImport
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.online.list_files import ListFile
from ult_desktop.operations.online.list_reader import ListReader
from ult_desktop.operations.survey.answer_lists import (
    ImportReport,
    columns_of,
    import_answers,
    preview_answers,
    questionnaire,
)
from ult_desktop.operations.survey.survey import undo_whole_import
from ult_desktop.ui.counter.online.column_fields import (
    chosen_heads,
    column_fields,
    column_problems,
    column_values,
)
from ult_desktop.ui.counter.online.reading_box import ReadingBox
from ult_desktop.ui.counter.pages import FormBox, PageHost
from ult_desktop.ui.counter.survey.survey_words import import_words, undo_words
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.forms.form import Values


def pick_import(host: PageHost) -> None:
    """Choose a list of answers from the outside form."""
    kinds = _("Daftar jawaban (*.csv *.xlsx *.json)")

    def read(file: ListFile) -> None:
        host.perform(partial(_columns_of, file), partial(_go_on, host, file))

    def chosen(path: str) -> None:
        ReadingBox(host, Path(path), ListReader.read, read, host.refuse)

    dialogs.pick_file(host.window, _("Impor jawaban survei"), kinds, chosen)


def _go_on(host: PageHost, file: ListFile, columns: AnswerColumns) -> None:
    """Go on to the preview, or ask for columns that neither the heads nor an earlier list explain."""
    if lacking_columns(questionnaire(), columns):
        ask_columns(host, file, columns)
    else:
        host.perform(partial(_preview, file, columns), partial(show_preview, host, file))


def ask_columns(host: PageHost, file: ListFile, columns: AnswerColumns) -> FormBox:
    """Ask which column says what; `columns` is what is known of it."""
    words, needed = column_words(questionnaire()), needed_columns(questionnaire())

    def told(values: Values) -> AnswerColumns:
        return tuple(AnswerColumn(head, says) for says, head in chosen_heads(words, values).items())

    box = FormBox(
        host,
        _("Kolom yang mana?"),
        column_fields(host.theme, answer_table(file.lines), words, needed),
        command=lambda values: partial(_preview, file, told(values)),
        verb=_("Lihat pratinjau"),
        then=partial(show_preview, host, file),
        icon=("list-ordered", "blue"),
        words=_("Diingat untuk daftar berikutnya dengan judul kolom yang sama."),
        check=partial(column_problems, needed),
        known=column_values(words, {column.says: column.head for column in columns}),
        wide=True,
    )
    box.open()
    return box


def show_preview(host: PageHost, file: ListFile, preview: ImportReport) -> dialogs.Box:
    """Show what would come in, before anything does. A list with nothing new has nothing to confirm."""
    box = _report_box(host, _("Impor {file}?").format(file=preview.file), preview)

    def go_on() -> None:
        host.perform(partial(_import_list, file, preview.columns), partial(show_report, host))

    box.add_button(_("Ubah kolom …"), "", partial(ask_columns, host, file, preview.columns))
    if preview.added:
        box.add_button(_("Batal"), "quiet", lambda: None)
        box.add_button(counted("Impor {n} jawaban", preview.added), "primary", go_on).setFocus()
    else:
        box.add_button(_("Mengerti"), "primary", lambda: None).setFocus()
    box.open()
    return box


def show_report(host: PageHost, report: ImportReport) -> dialogs.Box:
    box = _report_box(host, _("Hasil impor"), report)
    box.add_button(_("Mengerti"), "primary", lambda: None).setFocus()
    box.open()
    return box


def _report_box(host: PageHost, title: str, report: ImportReport) -> dialogs.Box:
    box = dialogs.Box(host.window, host.theme, title, ("download", "green"))
    for line in import_words(report):
        box.say(line)
    return box


def choose_undo(host: PageHost) -> None:
    """Offer the last imports. The chosen one is taken back once that is confirmed."""
    host.perform(_imports, partial(_offer_undo, host))


def _offer_undo(host: PageHost, found: tuple[SurveyImport, ...]) -> None:
    open_ones = [each for each in found if each.undone_at is None]
    if not open_ones:
        host.tell(_("Tidak ada impor yang dapat diurungkan."))
        return
    options = [(undo_words(each, host.now().tzinfo), each) for each in open_ones]
    dialogs.choose(
        host.window, host.theme, _("Urungkan impor yang mana?"), options, partial(_confirm_undo, host)
    )


def _confirm_undo(host: PageHost, chosen: SurveyImport) -> None:
    dialogs.ask(
        host.window,
        host.theme,
        _("Urungkan impor {file}?").format(file=chosen.file),
        counted(
            "{n} jawaban dari daftar itu dihapus. Daftar yang benar dapat diimpor sesudahnya.", chosen.answers
        ),
        (_("Urungkan"), partial(_undo, host, chosen)),
    )


def _undo(host: PageHost, chosen: SurveyImport) -> None:
    told = _("Impor {file} diurungkan.").format(file=chosen.file)
    host.perform(partial(_undo_import, chosen.id), told=told)


def _columns_of(file: ListFile, office: Office, _actor: Actor) -> AnswerColumns:
    return office.read(lambda tx: columns_of(file, tx))


def _preview(file: ListFile, columns: AnswerColumns, office: Office, _actor: Actor) -> ImportReport:
    return office.read(lambda tx: preview_answers(file, columns, tx, office.clock()))


def _imports(office: Office, _actor: Actor) -> tuple[SurveyImport, ...]:
    return office.read(survey_rows.imports)


def _undo_import(import_id: int, office: Office, actor: Actor) -> int:
    return undo_whole_import(import_id, lambda command: office.perform(command, actor))


def _import_list(file: ListFile, columns: AnswerColumns, office: Office, actor: Actor) -> ImportReport:
    def perform(command: ImportSurvey) -> int:
        return office.perform(command, actor)

    return import_answers(file, columns, office.read, perform, office.clock())
