"""The form in which an officer records evidence in any register, and the box with the records."""

from functools import partial
from typing import Any

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.evidence.commands import ChangeEvidence, RecordEvidence, WithdrawEvidence
from ult_desktop.core.evidence.registers import EvidenceRecord, Register, RegisterField, fields_of
from ult_desktop.core.fields import field_words
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.operations.evidence.board import EvidenceBoard, evidence_board, record_words
from ult_desktop.operations.evidence.folder import register_table
from ult_desktop.operations.evidence.photos import faces_words, take_photo
from ult_desktop.operations.evidence.records import record_values
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.pages import FormBox, ListBox, PageHost, snapshot
from ult_desktop.ui.counter.pages.papers import save, write_table
from ult_desktop.ui.counter.visits.documents import open_document
from ult_desktop.ui.kit import dialogs, forms, lists
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.form import Values

ICON = ("award", "green")
_PHOTO = "document_id"
_DAYS = ("day", "until")
_NUMBERS = ("persons", "received", "settled")


def record_form(
    host: PageHost, board: EvidenceBoard, register: Register, item_lists: tuple[str, ...] = ()
) -> None:
    """Open the form for a new record of a register; `item_lists` as `only` of `EvidenceLists.choices`."""
    fields = [_field(host, board, register, field, item_lists) for field in fields_of(register)]
    FormBox(
        host,
        _("Catat bukti: {register}").format(register=register.word),
        fields,
        command=lambda values: partial(_perform_record, register, values),
        verb=_("Catat"),
        message=_("Bukti tercatat."),
        icon=ICON,
        words=faces_words(),
        draft=host.draft("evidence", register),
        known={"day": host.now().date()},
    ).open()


def change_form(host: PageHost, board: EvidenceBoard, record: EvidenceRecord) -> None:
    """Open the form that changes a record; a new photo replaces the old one."""
    fields = [field for field in fields_of(record.register) if field.name not in ("item", _PHOTO)]
    known = record_values(record)
    FormBox(
        host,
        _("Perbaiki: {register}").format(register=record.register.word),
        [*(_field(host, board, record.register, field) for field in fields), _photo_field(host)],
        command=lambda values: partial(_perform_change, record, known, values),
        message=_("Bukti tersimpan."),
        icon=ICON,
        words=faces_words(),
        draft=host.draft("evidence-change", record.id),
        known={name: value for name, value in known.items() if name != _PHOTO},
    ).open()


def choose_register(
    host: PageHost, board: EvidenceBoard, registers: tuple[Register, ...], item_lists: tuple[str, ...] = ()
) -> None:
    """Ask for one of the registers, if there are several, and open its form (`record_form`)."""
    if len(registers) == 1:
        record_form(host, board, registers[0], item_lists)
        return
    dialogs.choose(
        host.window,
        host.theme,
        _("Catat bukti dalam register apa?"),
        [(register.word, register) for register in registers],
        lambda register: record_form(host, board, register, item_lists),
    )


def _photo_field(host: PageHost) -> forms.FileField:
    kinds = _("Foto atau pindaian (*.jpg *.jpeg *.png *.pdf)")
    return forms.FileField(host.theme, _PHOTO, _("Foto atau pindaian"), kinds)


def _field(
    host: PageHost,
    board: EvidenceBoard,
    register: Register,
    asked: RegisterField,
    item_lists: tuple[str, ...] = (),
) -> Field[Any]:
    theme, name, required = host.theme, asked.name, asked.required
    words = asked.words or field_words(name)
    if name == _PHOTO:
        return _photo_field(host)
    if name in _DAYS:
        return forms.DateField(theme, name, words, required=required, days=host)
    if name in _NUMBERS:
        return forms.NumberField(theme, name, words, required=required)
    if name == "kinds":
        choices = board.lists.choices(register, name)
        return forms.TicksField(theme, name, words, choices, required=required)
    if name == "item":
        choices = board.lists.choices(register, name, item_lists)
        return forms.ChoiceField(theme, name, words, choices, required=required)
    if name == "service_id":
        return forms.ChoiceField(theme, name, words, board.services, required=required)
    if name == "note":
        return forms.TextField(theme, name, words, required=required, rows=2)
    return forms.LineField(theme, name, words, required=required)


def _perform_record(register: Register, values: Values, office: Office, actor: Actor) -> EvidenceRecord:
    """Store the photo and record the evidence, on the worker thread."""
    return office.perform(RecordEvidence(register=register, **_with_photo(values, office, actor)), actor)


def _perform_change(
    record: EvidenceRecord, known: Values, values: Values, office: Office, actor: Actor
) -> EvidenceRecord:
    """Store a new photo and change the record, on the worker thread."""
    changed = {**known, **_with_photo(values, office, actor)}
    changed[_PHOTO] = changed.get(_PHOTO) or known[_PHOTO]
    return office.perform(ChangeEvidence(evidence_id=record.id, seen=dict(known), **changed), actor)


def _with_photo(values: Values, office: Office, actor: Actor) -> Values:
    """Store the photo of a form, and return the form's values with the photo's id instead of its path."""
    path = values.get(_PHOTO)
    return {**values, _PHOTO: None if path is None else take_photo(path, office, actor)}


class EvidenceBox(ListBox):
    """The box with every record of the registers, the newest first.

    Args:
        host: the officer's.
        board: the page's board, which says what can be chosen.
    """

    def __init__(self, host: PageHost, board: EvidenceBoard) -> None:
        filters = [
            lists.Filter("", _("Semua")),
            *(lists.Filter(register, register.word) for register in Register),
        ]
        rows = lists.RecordList(
            host.theme, _("Cari bukti …"), filters, empty=(_("Belum ada catatan bukti."), ICON[0])
        )
        super().__init__(host, _("Register bukti"), ICON, rows)
        self._board = board
        rows.opened.connect(lambda _key: self._perform_change())
        self.add = self.add_act(_("Catat …"), "plus", self._add, "primary", about_row=False)
        self.change = self.add_act(_("Perbaiki …"), "pen-line", self._perform_change)
        self.picture = self.add_act(_("Lihat foto"), "image", self._show_picture)
        self.keep = self.add_act(_("Simpan daftar …"), "download", self._save_list, about_row=False)
        self.withdraw = self.add_act(_("Tarik"), "x", self._withdraw, "danger")

    @override
    def refresh(self) -> None:
        self.host.read(snapshot(evidence_board, self._board.instrument.id), self._show)

    def _show(self, board: EvidenceBoard) -> None:
        self._board = board
        self.rows.show_rows([_row(record, board) for record in board.records])

    @property
    def chosen(self) -> EvidenceRecord | None:
        return next((record for record in self._board.records if record.id == self.rows.selected), None)

    def _add(self) -> None:
        choose_register(self.host, self._board, tuple(Register))

    def _save_list(self) -> None:
        """Save a whole register as a workbook."""

        def write(register: Register) -> None:
            def make(office: Office, _actor: Actor) -> ReportPart:
                return register_table(office, register)

            save(self.host, partial(write_table, make, ReportForm.WORKBOOK))

        dialogs.choose(
            self.host.window,
            self.host.theme,
            _("Simpan register apa?"),
            [(register.word, register) for register in Register],
            write,
        )

    def _perform_change(self) -> None:
        if self.chosen is not None:
            change_form(self.host, self._board, self.chosen)

    def _show_picture(self) -> None:
        if self.chosen is not None and self.chosen.document_id is not None:
            open_document(self.host, self.chosen.document_id)

    def _withdraw(self) -> None:
        """Withdraw the chosen record, or let it count again."""
        record = self.chosen
        if record is not None:
            message = _("Catatan berlaku lagi.") if record.retired else _("Catatan ditarik.")
            withdraw(self.host, record, message)


def withdraw(host: PageHost, record: EvidenceRecord, message: str) -> None:
    """Withdraw a record, or let it count again; the message offers to undo that."""
    before = WithdrawEvidence(evidence_id=record.id, retired=record.retired)
    command = WithdrawEvidence(evidence_id=record.id, retired=not record.retired)
    host.perform(command.after(before), message=message, undo=before.after(command))


def _row(record: EvidenceRecord, board: EvidenceBoard) -> lists.ListRow:
    tags = [lists.Tag(_("ditarik"), "warn")] if record.retired else []
    tags += [] if record.document_id else [lists.Tag(_("tanpa foto"), "primary")]
    return lists.ListRow(
        id=record.id,
        title=record_words(record, board.lists),
        subtitle=" · ".join(filter(None, (record.register.word, record.note, record.recorded_by))),
        icon=ICON[0],
        tint=ICON[1],
        tags=tuple(tags),
        groups=frozenset({record.register.value}),
    )
