"""The blank forms for a day without power or program, made from the data of the pages that they replace."""

from collections.abc import Iterable, Iterator

from ult_desktop.base import _, language
from ult_desktop.core.cases.case import CaseOutcome
from ult_desktop.core.cases.escalation import CaseDesk, desk_word
from ult_desktop.core.fields import head_words
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.phone.commands import RecordCaller
from ult_desktop.core.sheet import BlankForm, Cells, Sheet
from ult_desktop.core.visits.guest_book import notice_on_paper
from ult_desktop.db.office import office, services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.sheets import letterhead, spd_heads
from ult_desktop.operations.survey.answer_lists import questionnaire

_TWO_LINES = "\u00a0\n\u00a0"  # room to write
_ROWS = 12  # of a blank table
_DOTS = "." * 90
_THREE_LINES = "\n".join([_DOTS] * 3)
_BOX = "□"
_DIGIT = "__"
_WIDE_SPACE = "\u00a0" * 3 + " "  # after which a line may break


def blank_form(tx: Transaction, form: BlankForm) -> Sheet:
    settings = office.load(tx).settings
    make = {
        BlankForm.GUEST_BOOK: _guest_book,
        BlankForm.SERVICE: _service,
        BlankForm.SURVEY: _survey,
        BlankForm.SPD: _spd,
        BlankForm.PHONE: _phone,
        BlankForm.DISPOSITION: _disposition,
        BlankForm.QUEUE: _queue,
    }
    return make[form](tx, settings)


def _guest_book(_tx: Transaction, settings: OfficeSettings) -> Sheet:
    heads = (
        _("No."),
        _("Jam"),
        _("Nama"),
        _("Instansi"),
        _("Kabupaten/Kota"),
        _("Telepon"),
        _("Keperluan"),
        _("Bertemu dengan"),
        _("Tanda tangan"),
    )
    return _sheet(
        settings, BlankForm.GUEST_BOOK, _blank_table(heads), notes=(notice_on_paper(settings.privacy),)
    )


def _spd(_tx: Transaction, settings: OfficeSettings) -> Sheet:
    return _sheet(settings, BlankForm.SPD, _blank_table(spd_heads().words), signatures=(_("Petugas"),))


def _service(tx: Transaction, settings: OfficeSettings) -> Sheet:
    """Return the form with the fields of opening a case. The services are to be ticked."""
    offered = _boxes(
        f"{row.definition.prefix} · {row.definition.name.indonesian}" for row in services.active(tx)
    )
    table = _numbered_rows(
        (_("Nomor antrean"), _DOTS),
        (_("Jam datang, mulai dilayani, selesai"), _DOTS),
        (_("Nama"), _DOTS),
        (_("Instansi"), _DOTS),
        (_("Telepon"), _DOTS),
        (_("Layanan"), offered),
        (_("Isi permohonan"), _THREE_LINES),
        (_("Hasil"), _boxes(outcome.word for outcome in CaseOutcome)),
        (_("Jawaban"), _THREE_LINES),
    )
    return _sheet(settings, BlankForm.SERVICE, table, signatures=(_("Pemohon"), _("Petugas")))


def _phone(_tx: Transaction, settings: OfficeSettings) -> Sheet:
    """Return the form of a call, in the order of the conversation (POS Sumut telepon)."""
    table = _numbered_rows(
        (_("Jam mulai, selesai"), _DOTS),
        *((head_words(name), _THREE_LINES if name == "question" else _DOTS) for name in RecordCaller.edits),
        (_("Jawaban"), _THREE_LINES),
        (_("Dijanjikan dihubungi kembali"), _DOTS),
        (_("Diteruskan ke"), _DOTS),
        (_("Dihubungi kembali pada"), _DOTS),
    )
    return _sheet(settings, BlankForm.PHONE, table, signatures=(_("Petugas"),))


def _disposition(_tx: Transaction, settings: OfficeSettings) -> Sheet:
    table = _numbered_rows(
        (_("Nomor permohonan"), _DOTS),
        (_("Dari"), _DOTS),
        (_("Kepada"), _boxes(desk_word(desk, settings.cases.related_unit) for desk in CaseDesk)),
        (_("Dikirim"), _DOTS),
        (_("Tenggat"), _DOTS),
        (_("Isi permohonan"), _THREE_LINES),
        (_("Isi disposisi"), _THREE_LINES),
        (_("Diterima"), _DOTS),
        (_("Arahan"), _THREE_LINES),
        (_("Dijawab"), _DOTS),
    )
    return _sheet(settings, BlankForm.DISPOSITION, table, signatures=(_("Pengirim"), _("Penerima")))


def _queue(_tx: Transaction, settings: OfficeSettings) -> Sheet:
    heads = (
        _("No."),
        _("Nomor antrean"),
        _("Layanan"),
        _("Prioritas"),
        _("Datang"),
        _("Dipanggil"),
        _("Loket"),
        _("Selesai"),
    )
    return _sheet(settings, BlankForm.QUEUE, _blank_table(heads))


def _numbered_rows(*rows: tuple[str, str]) -> tuple[Cells, ...]:
    lines = [Cells((str(number), head, text)) for number, (head, text) in enumerate(rows, 1)]
    return (Cells((_("No."), _("Isian"), _("Ditulis"))), *lines)


def _boxes(choices: Iterable[str]) -> str:
    return "\n".join(f"{_BOX} {choice}" for choice in choices)


def _survey(_tx: Transaction, settings: OfficeSettings) -> Sheet:
    """Return the survey's form: each element with its four answers, then the questions about the respondent.

    Each choice has the digit by which an officer types it (`core/survey/paper_code.py`).
    """
    form, shown_language = questionnaire(), language()
    questions = []
    for element in form.ordered(settings.survey.order):
        answers = _with_digits(answer.within(shown_language) for answer in element.answers)
        questions.append((element.question.within(shown_language), "\n".join(answers)))
    for question in form.profile_questions(settings.survey.profile):
        choices = _with_digits(choice.name.within(shown_language) for choice in question.choices)
        questions.append((question.name.within(shown_language), _WIDE_SPACE.join(choices)))
    lines = [Cells((str(number), *question)) for number, question in enumerate(questions, 1)]
    table = (Cells((_("No."), _("Pertanyaan"), _("Jawaban: lingkari satu angka"))), *lines)
    room_for_code = " ".join([_DIGIT] * len(lines))
    notes = (
        _("Saran: {room}").format(room=_DOTS),
        _("Diisi petugas, satu angka setiap nomor, 0 untuk yang kosong: {room}").format(room=room_for_code),
    )
    return _sheet(settings, BlankForm.SURVEY, table, notes=notes)


def _with_digits(choices: Iterable[str]) -> Iterator[str]:
    """Yield each choice with its digit before it. A digit and its words stay in one line."""
    for digit, choice in enumerate(choices, 1):
        yield f"{digit} {choice}".replace(" ", "\u00a0")


def _blank_table(heads: tuple[str, ...]) -> tuple[Cells, ...]:
    other_cells = [""] * (len(heads) - 2)
    # The second column makes each row two lines high.
    rows = (Cells((str(number), _TWO_LINES, *other_cells)) for number in range(1, _ROWS + 1))
    return (Cells(heads), *rows)


def _sheet(
    settings: OfficeSettings,
    form: BlankForm,
    table: tuple[Cells, ...],
    notes: tuple[str, ...] = (),
    signatures: tuple[str, ...] = (),
) -> Sheet:
    return Sheet(
        office=letterhead(settings),
        title=form.word,
        number=_("Tanggal: {room}").format(room=_DOTS[:30]),
        rows=(),
        table=table,
        notes=notes,
        signatures=signatures,
    )
