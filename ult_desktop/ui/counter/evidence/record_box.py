"""The one form of all registers, and the list of their rows."""

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


def record_form(host: PageHost, board: EvidenceBoard, register: Register, only: tuple[str, ...] = ()) -> None:
    """Open the form of a new row of a register; `only` as in `EvidenceLists.choices`."""
    fields = [_field(host, board, register, each, only) for each in fields_of(register)]
    FormBox(
        host,
        _("Catat bukti: {register}").format(register=register.word),
        fields,
        command=lambda values: partial(_record, register, values),
        verb=_("Catat"),
        message=_("Bukti tercatat."),
        icon=ICON,
        words=faces_words(),
        draft=host.draft("evidence", register),
        known={"day": host.now().date()},
    ).open()


def change_form(host: PageHost, board: EvidenceBoard, found: EvidenceRecord) -> None:
    """Open the form of a row that is there; a new photo takes the place of the old one."""
    asked = [each for each in fields_of(found.register) if each.name not in ("item", _PHOTO)]
    known = record_values(found)
    FormBox(
        host,
        _("Perbaiki: {register}").format(register=found.register.word),
        [*(_field(host, board, found.register, each) for each in asked), _photo_field(host)],
        command=lambda values: partial(_change, found, known, values),
        message=_("Bukti tersimpan."),
        icon=ICON,
        words=faces_words(),
        draft=host.draft("evidence-change", found.id),
        known={name: value for name, value in known.items() if name != _PHOTO},
    ).open()


def choose_register(
    host: PageHost, board: EvidenceBoard, registers: tuple[Register, ...], only: tuple[str, ...] = ()
) -> None:
    """Open the form of one of the registers; with one of them, at once. `only` as in `record_form`."""
    if len(registers) == 1:
        record_form(host, board, registers[0], only)
        return
    dialogs.choose(
        host.window,
        host.theme,
        _("Catat bukti dalam register apa?"),
        [(each.word, each) for each in registers],
        lambda register: record_form(host, board, register, only),
    )


def _photo_field(host: PageHost) -> forms.FileField:
    kinds = _("Foto atau pindaian (*.jpg *.jpeg *.png *.pdf)")
    return forms.FileField(host.theme, _PHOTO, _("Foto atau pindaian"), kinds)


def _field(
    host: PageHost, board: EvidenceBoard, register: Register, asked: RegisterField, only: tuple[str, ...] = ()
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
        choices = board.lists.choices(register, name, only)
        return forms.ChoiceField(theme, name, words, choices, required=required)
    if name == "service_id":
        return forms.ChoiceField(theme, name, words, board.services, required=required)
    if name == "note":
        return forms.TextField(theme, name, words, required=required, rows=2)
    return forms.LineField(theme, name, words, required=required)


def _record(register: Register, values: Values, office: Office, actor: Actor) -> EvidenceRecord:
    """Take the photo in and record the row, on the worker thread."""
    return office.perform(RecordEvidence(register=register, **_with_photo(values, office, actor)), actor)


def _change(
    found: EvidenceRecord, known: Values, values: Values, office: Office, actor: Actor
) -> EvidenceRecord:
    """Take a new photo in and change the row, on the worker thread."""
    said = {**known, **_with_photo(values, office, actor)}
    said[_PHOTO] = said.get(_PHOTO) or known[_PHOTO]
    return office.perform(ChangeEvidence(evidence_id=found.id, seen=dict(known), **said), actor)


def _with_photo(values: Values, office: Office, actor: Actor) -> Values:
    path = values.get(_PHOTO)
    return {**values, _PHOTO: None if path is None else take_photo(path, office, actor)}


class EvidenceBox(ListBox):
    """The box of every row of the registers, the newest first.

    Args:
        host: the officer's.
        board: what stood on the page; it says what can be chosen.
    """

    def __init__(self, host: PageHost, board: EvidenceBoard) -> None:
        filters = [lists.Filter("", _("Semua")), *(lists.Filter(each, each.word) for each in Register)]
        rows = lists.RecordList(
            host.theme, _("Cari bukti …"), filters, empty=(_("Belum ada catatan bukti."), ICON[0])
        )
        super().__init__(host, _("Register bukti"), ICON, rows)
        self._board = board
        rows.opened.connect(lambda _key: self._change())
        self.add = self.add_act(_("Catat …"), "plus", self._add, "primary", about_row=False)
        self.change = self.add_act(_("Perbaiki …"), "pen-line", self._change)
        self.picture = self.add_act(_("Lihat foto"), "image", self._show_picture)
        self.keep = self.add_act(_("Simpan daftar …"), "download", self._save_list, about_row=False)
        self.withdraw = self.add_act(_("Tarik"), "x", self._withdraw, "danger")

    @override
    def refresh(self) -> None:
        self.host.read(snapshot(evidence_board, self._board.instrument.id), self._show)

    def _show(self, board: EvidenceBoard) -> None:
        self._board = board
        self.rows.show_rows([_row(each, board) for each in board.records])

    @property
    def chosen(self) -> EvidenceRecord | None:
        return next((each for each in self._board.records if each.id == self.rows.selected), None)

    def _add(self) -> None:
        choose_register(self.host, self._board, tuple(Register))

    def _save_list(self) -> None:
        """Save the whole of a register as a workbook."""
        dialogs.choose(
            self.host.window,
            self.host.theme,
            _("Simpan register apa?"),
            [(each.word, each) for each in Register],
            lambda each: save(self.host, partial(write_table, partial(_table, each), ReportForm.WORKBOOK)),
        )

    def _change(self) -> None:
        if self.chosen is not None:
            change_form(self.host, self._board, self.chosen)

    def _show_picture(self) -> None:
        if self.chosen is not None and self.chosen.document_id is not None:
            open_document(self.host, self.chosen.document_id)

    def _withdraw(self) -> None:
        """Withdraw the chosen row, or let it count again."""
        found = self.chosen
        if found is not None:
            message = _("Catatan berlaku lagi.") if found.retired else _("Catatan ditarik.")
            withdraw(self.host, found, message)


def _table(register: Register, office: Office, _actor: Actor) -> ReportPart:
    return register_table(office, register)


def withdraw(host: PageHost, found: EvidenceRecord, message: str) -> None:
    """Withdraw a row, or let it count again; the message offers the way back."""
    before = WithdrawEvidence(evidence_id=found.id, retired=found.retired)
    command = WithdrawEvidence(evidence_id=found.id, retired=not found.retired)
    host.perform(command.over(before), message=message, undo=before.over(command))


def _row(found: EvidenceRecord, board: EvidenceBoard) -> lists.ListRow:
    tags = [lists.Tag(_("ditarik"), "warn")] if found.retired else []
    tags += [] if found.document_id else [lists.Tag(_("tanpa foto"), "primary")]
    return lists.ListRow(
        id=found.id,
        title=record_words(found, board.lists),
        subtitle=" · ".join(filter(None, (found.register.word, found.note, found.recorded_by))),
        icon=ICON[0],
        tint=ICON[1],
        tags=tuple(tags),
        groups=frozenset({found.register.value}),
    )
