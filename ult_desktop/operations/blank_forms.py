"""The blank forms for a day without power or program, made from the same data as the pages they replace."""

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

_ROOM = "\u00a0\n\u00a0"  # room to write two lines
_LINES = 12
_DOTS = "." * 90
_LONG = "\n".join([_DOTS] * 3)
_BOX = "□"
_DIGIT = "__"
_APART = "\u00a0" * 3 + " "  # a wide space, after which a line may break


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
    """Return the form with what opening a case asks for. The services are to be ticked."""
    offered = _boxes(f"{row.definition.prefix} · {row.definition.name.id}" for row in services.active(tx))
    table = _numbered_rows(
        (_("Nomor antrean"), _DOTS),
        (_("Jam datang, mulai dilayani, selesai"), _DOTS),
        (_("Nama"), _DOTS),
        (_("Instansi"), _DOTS),
        (_("Telepon"), _DOTS),
        (_("Layanan"), offered),
        (_("Isi permohonan"), _LONG),
        (_("Hasil"), _boxes(outcome.word for outcome in CaseOutcome)),
        (_("Jawaban"), _LONG),
    )
    return _sheet(settings, BlankForm.SERVICE, table, signatures=(_("Pemohon"), _("Petugas")))


def _phone(_tx: Transaction, settings: OfficeSettings) -> Sheet:
    """Return the form of one call, in the order of the conversation (POS Sumut telepon)."""
    table = _numbered_rows(
        (_("Jam mulai, selesai"), _DOTS),
        *((head_words(name), _LONG if name == "question" else _DOTS) for name in RecordCaller.edits),
        (_("Jawaban"), _LONG),
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
        (_("Isi permohonan"), _LONG),
        (_("Isi disposisi"), _LONG),
        (_("Diterima"), _DOTS),
        (_("Arahan"), _LONG),
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
    lines = [Cells((str(place), head, text)) for place, (head, text) in enumerate(rows, 1)]
    return (Cells((_("No."), _("Isian"), _("Ditulis"))), *lines)


def _boxes(choices: Iterable[str]) -> str:
    return "\n".join(f"{_BOX} {choice}" for choice in choices)


def _survey(_tx: Transaction, settings: OfficeSettings) -> Sheet:
    """Return the survey's form: each element with its four answers, then the respondent block; nobody's name.

    Each choice bears the digit by which it is typed in (`core/survey/paper_code.py`).
    """
    form, spoken = questionnaire(), language()
    questions = [
        (
            element.question.within(spoken),
            "\n".join(_coded(answer.within(spoken) for answer in element.answers)),
        )
        for element in form.ordered(settings.survey.order)
    ]
    questions += [
        (
            question.name.within(spoken),
            _APART.join(_coded(each.name.within(spoken) for each in question.choices)),
        )
        for question in form.profile_questions(settings.survey.profile)
    ]
    lines = [Cells((str(n), question, choices)) for n, (question, choices) in enumerate(questions, 1)]
    table = (Cells((_("No."), _("Pertanyaan"), _("Jawaban: lingkari satu angka"))), *lines)
    code = " ".join([_DIGIT] * len(lines))
    notes = (
        _("Saran: {room}").format(room=_DOTS),
        _("Diisi petugas, satu angka setiap nomor, 0 untuk yang kosong: {room}").format(room=code),
    )
    return _sheet(settings, BlankForm.SURVEY, table, notes=notes)


def _coded(choices: Iterable[str]) -> Iterator[str]:
    """Return each choice with its digit before it. A digit and its words stay in one line."""
    return (f"{digit} {choice}".replace(" ", "\u00a0") for digit, choice in enumerate(choices, 1))


def _blank_table(heads: tuple[str, ...]) -> tuple[Cells, ...]:
    others = [""] * (len(heads) - 2)
    # The second column makes each row two lines high.
    return (Cells(heads), *(Cells((str(number), _ROOM, *others)) for number in range(1, _LINES + 1)))


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
