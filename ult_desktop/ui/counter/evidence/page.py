"""The page Penilaian: the office's own estimate by an instrument, its evidence, and what is still lacking."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.late import late
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.evidence.commands import ChangeEvidence, NoteIndicator, RecordEvidence, WithdrawEvidence
from ult_desktop.core.evidence.estimate import lists_of
from ult_desktop.core.evidence.registers import EvidenceRecord, Register, RegisterField, fields_of
from ult_desktop.core.fields import field_words
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.operations.evidence.board import (
    EvidenceBoard,
    IndicatorState,
    evidence_board,
    record_words,
    responsible_words,
)
from ult_desktop.operations.evidence.folder import proof_folder, register_table
from ult_desktop.operations.evidence.instruments import adopt_command
from ult_desktop.operations.evidence.photos import faces_words, photo_content, store_photo
from ult_desktop.operations.evidence.records import note_values, record_values
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.pages import FormBox, ListBox, ListPage, PageHost, snapshot
from ult_desktop.ui.counter.pages.papers import paper_folder, save, write_table
from ult_desktop.ui.counter.visits.documents import open_document
from ult_desktop.ui.kit import dialogs, forms, lists, widgets
from ult_desktop.ui.kit.detail import DetailAction, Fact
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.form import Values

if TYPE_CHECKING:
    from ult_desktop.reports import proofs
else:
    proofs = late("ult_desktop.reports.proofs")

_LACKING, _LATE = "lacking", "late"
_FROM_FILE = ""  # no instrument has this id
ICON = ("award", "green")
# Names of a register's fields, by the kind of field that asks for them.
_PHOTO = "document_id"
_DAYS = ("day", "until")
_NUMBERS = ("persons", "received", "settled")


def open_record_form(
    host: PageHost, board: EvidenceBoard, register: Register, item_lists: tuple[str, ...] = ()
) -> None:
    """Open the form for a new record of a register.

    The field `item` offers the lists with the keys `item_lists`, or all lists of the register.
    """
    fields = [_register_field(host, board, register, field, item_lists) for field in fields_of(register)]
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


def open_change_form(host: PageHost, board: EvidenceBoard, record: EvidenceRecord) -> None:
    """Open the form that changes a record; a new photo replaces the old one."""
    fields = [field for field in fields_of(record.register) if field.name not in ("item", _PHOTO)]
    known = record_values(record)
    FormBox(
        host,
        _("Perbaiki: {register}").format(register=record.register.word),
        [*(_register_field(host, board, record.register, field) for field in fields), _photo_field(host)],
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
    """Ask for one of the registers, if there are several, and open its form (`open_record_form`)."""
    if len(registers) == 1:
        open_record_form(host, board, registers[0], item_lists)
        return
    dialogs.choose(
        host.window,
        host.theme,
        _("Catat bukti dalam register apa?"),
        [(register.word, register) for register in registers],
        lambda register: open_record_form(host, board, register, item_lists),
    )


def _photo_field(host: PageHost) -> forms.FileField:
    kinds = _("Foto atau pindaian (*.jpg *.jpeg *.png *.pdf)")
    return forms.FileField(host.theme, _PHOTO, _("Foto atau pindaian"), kinds)


def _register_field(
    host: PageHost,
    board: EvidenceBoard,
    register: Register,
    register_field: RegisterField,
    item_lists: tuple[str, ...] = (),
) -> Field[Any]:
    theme, name, required = host.theme, register_field.name, register_field.required
    words = register_field.words or field_words(name)
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
    return office.perform(RecordEvidence(register=register, **_store_photo_of(values, office, actor)), actor)


def _perform_change(
    record: EvidenceRecord, known: Values, values: Values, office: Office, actor: Actor
) -> EvidenceRecord:
    """Store a new photo and change the record, on the worker thread."""
    changed = {**known, **_store_photo_of(values, office, actor)}
    changed[_PHOTO] = changed[_PHOTO] or known[_PHOTO]  # without a new photo the old one stays
    return office.perform(ChangeEvidence(evidence_id=record.id, seen=dict(known), **changed), actor)


def _store_photo_of(values: Values, office: Office, actor: Actor) -> Values:
    """Store the photo of a form, and return the form's values with the photo's id instead of its path."""
    path = values.get(_PHOTO)
    return {**values, _PHOTO: None if path is None else store_photo(path, office, actor)}


class EvidenceBox(ListBox[EvidenceRecord]):
    """The box with every record of the registers, the newest first.

    Args:
        host: access to the office for the signed-in officer.
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
        self.new_button = self.add_act(_("Catat …"), "plus", self._add, "primary", about_row=False)
        self.change_button = self.add_act(_("Perbaiki …"), "pen-line", self._change, opens_row=True)
        self.picture_button = self.add_act(_("Lihat foto"), "image", self._show_picture)
        self.keep_button = self.add_act(_("Simpan daftar …"), "download", self._save_list, about_row=False)
        self.withdraw_button = self.add_act(_("Tarik"), "x", self._withdraw, "danger")

    @override
    def refresh(self) -> None:
        self.host.read(snapshot(evidence_board, self._board.instrument.id), self._show)

    def _show(self, board: EvidenceBoard) -> None:
        self._board = board
        self.show_records(board.records)

    @override
    def row_of(self, record: EvidenceRecord) -> lists.ListRow:
        tags = [lists.Tag(_("ditarik"), "warn")] if record.retired else []
        tags += [] if record.document_id else [lists.Tag(_("tanpa foto"), "primary")]
        return lists.ListRow(
            id=record.id,
            title=record_words(record, self._board.lists),
            subtitle=" · ".join(filter(None, (record.register.word, record.note, record.recorded_by))),
            icon=ICON[0],
            tint=ICON[1],
            tags=tuple(tags),
            groups=frozenset({record.register.value}),
        )

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

    def _change(self) -> None:
        open_change_form(self.host, self._board, self.chosen)

    def _show_picture(self) -> None:
        if self.chosen.document_id is not None:
            open_document(self.host, self.chosen.document_id)

    def _withdraw(self) -> None:
        """Withdraw the chosen record, or let it count again."""
        message = _("Catatan berlaku lagi.") if self.chosen.retired else _("Catatan ditarik.")
        withdraw(self.host, self.chosen, message)


def withdraw(host: PageHost, record: EvidenceRecord, message: str) -> None:
    """Withdraw a record, or let it count again; the message offers to undo that."""
    withdraw_or_return = WithdrawEvidence(evidence_id=record.id, retired=not record.retired)
    as_it_was = WithdrawEvidence(evidence_id=record.id, retired=record.retired)
    # `after` notes which state the officer saw: what others change meanwhile is not overwritten.
    command, undo = withdraw_or_return.after(as_it_was), as_it_was.after(withdraw_or_return)
    host.perform(command, message=message, undo=undo)


def filters() -> tuple[lists.Filter, ...]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter(_LACKING, _("Belum tertinggi")),
        lists.Filter(_LATE, _("Lewat waktu"), tone="danger"),
    )


def level_tag(state: IndicatorState) -> lists.Tag:
    """Return the estimate as a tag: "3 dari 5"."""
    tone = "ok" if state.level == state.top else "warn" if state.level else "danger"
    return lists.Tag(_("{level} dari {top}").format(level=state.level, top=state.top), tone)


def facts_of(state: IndicatorState, board: EvidenceBoard) -> list[Fact]:
    """Return the facts of an indicator. `Facts` leaves out those without a value."""
    estimate, indicator = state.estimate, state.indicator
    sources = {source.key: source.words for source in board.instrument.sources}
    derived = indicator.levels[estimate.derived]
    is_set_by_hand = state.note.level is not None
    lacking = [*(want.result_words for want in estimate.lacking), *state.missing]
    return [
        Fact(_("Perkiraan sendiri"), f"{level_tag(state).text}: {estimate.level.text}"),
        Fact(_("Dasarnya"), state.note.reason or _bulleted([want.result_words for want in estimate.reasons])),
        Fact(
            _("Menurut catatan program"),
            f"{estimate.derived}: {derived.text}" if is_set_by_hand else "",
            "soft",
        ),
        Fact(_("Tingkat berikutnya"), estimate.following.text if estimate.following else ""),
        Fact(_("Yang kurang"), _bulleted(lacking), "warn"),
        Fact(
            _("Bukti yang ada"),
            _bulleted([*state.shown, *(record_words(record, board.lists) for record in state.records)]),
        ),
        Fact(_("Penanggung jawab"), responsible_words(state.note)),
        Fact(_("Belum pasti"), indicator.doubt, "soft"),
        Fact(_("Sumber"), _bulleted([sources[key] for key in indicator.sources]), "soft"),
    ]


def _bulleted(lines: Sequence[str]) -> str:
    """Return the lines with bullets; a single line has none."""
    return "\n".join(f"• {line}" for line in lines) if len(lines) > 1 else "".join(lines)


class EvidencePage(ListPage[IndicatorState]):
    """The page of an instrument's indicators, each with the office's own estimate of its level."""

    name, icon_name, group = "evidence", "award", "quality"
    line = "reports"
    needs = frozenset({Permission.KEEP_EVIDENCE})
    title = staticmethod(lambda: _("Penilaian"))

    @override
    def build(self) -> None:
        self.board: EvidenceBoard | None = None
        self.total = widgets.Label("", "body", wrap=True)
        self.add_list(
            _("Cari indikator …"),
            filters(),
            (_("Instrumen ini tidak punya indikator."), "award"),
            (_("Pilih indikator untuk melihat buktinya."), "award"),
        )
        self.body.insertWidget(0, self.total)
        self.record_button = self.add_head_button(
            _("Catat bukti …"), "plus", self._record_evidence, "primary"
        )
        self.registers_button = self.add_head_button(_("Register …"), "clipboard-list", self._open_registers)
        self.folder_button = self.add_head_button(_("Folder bukti"), "download", self._save_folder)
        self.change_button = self.add_head_button(_("Instrumen …"), "list-ordered", self._choose_instrument)
        self._head_buttons = (
            self.record_button,
            self.registers_button,
            self.folder_button,
            self.change_button,
        )
        self.key("Ctrl+N", self.record_button.click)
        for button in self._head_buttons:
            button.setEnabled(False)  # until the board is read, which they work on

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(evidence_board, self.board.instrument.id if self.board else ""), self._show)

    def _show(self, board: EvidenceBoard) -> None:
        self.board = board
        for button in self._head_buttons:
            button.setEnabled(True)
        self.total.setText(f"{board.instrument.edition_words}. {board.total_words}")
        self.show_records(board.states)

    @override
    def row_of(self, record: IndicatorState) -> lists.ListRow:
        assert self.board is not None, "a row is made with its board"  # noqa: S101
        is_late = record.note.is_late(self.board.day.isoformat())
        groups = {_LACKING} if record.level < record.top else set()
        groups |= {_LATE} if is_late else set()
        return lists.ListRow(
            id=record.id,
            title=record.indicator.heading,
            subtitle=responsible_words(record.note) or record.estimate.level.text,
            icon="award",
            tint="green" if record.level == record.top else "orange" if record.level else "slate",
            tags=(level_tag(record),),
            groups=frozenset(groups),
            side_tone="danger" if is_late else "",
            search=self.board.instrument.aspect_of(record.indicator).name,
        )

    @override
    def show_record(self, record: IndicatorState) -> None:
        assert self.board is not None, "a row is shown with its board"  # noqa: S101
        aspect = self.board.instrument.aspect_of(record.indicator).name
        self.detail.show_head(record.indicator.heading, aspect, (level_tag(record),))
        self.detail.show_facts(facts_of(record, self.board))
        estimate = partial(self._open_estimate, record)
        actions = list[DetailAction]()
        if record.registers:
            record_act = self._record_evidence
            actions.append(DetailAction("record", _("Catat bukti …"), "plus", record_act, "primary"))
        actions.append(DetailAction("note", _("Perkiraan, penanggung jawab …"), "pen-line", estimate))
        self.detail.show_actions(actions)

    def _record_evidence(self) -> None:
        """Record evidence for the chosen indicator, in one of its registers, else in any."""
        if self.chosen is None:
            self.host.tell(_("Pilih indikator untuk melihat buktinya."))
        elif self.board is not None:
            registers = self.chosen.registers or tuple(Register)
            choose_register(self.host, self.board, registers, lists_of(self.chosen.indicator))

    def _open_registers(self) -> None:
        if self.board is not None:
            EvidenceBox(self.host, self.board).open()

    def _save_folder(self) -> None:
        if self.board is not None:
            save(self.host, partial(_write_folder, self.board.instrument.id))

    def _choose_instrument(self) -> None:
        if self.board is not None:
            instrument = self.board.instrument
            doubt = _("Belum pasti: {doubt}").format(doubt=instrument.doubt) if instrument.doubt else ""
            options = [(words, key) for key, words in self.board.instruments]
            options.append((_("Instrumen lain dari berkas …"), _FROM_FILE))
            dialogs.choose(
                self.host.window,
                self.theme,
                _("Instrumen mana?"),
                options,
                self._show_instrument,
                first=instrument.id,
                words=" ".join(filter(None, (instrument.formula, doubt))),
            )

    def _show_instrument(self, key: str) -> None:
        if key == _FROM_FILE:
            self._open_adoption_form()
        else:
            self.fetch(snapshot(evidence_board, key), self._show)

    def _open_adoption_form(self) -> None:
        kinds = _("Instrumen (*.toml)")
        FormBox(
            self.host,
            _("Berlakukan instrumen lain"),
            (forms.FileField(self.theme, "file", _("Berkas instrumen"), kinds, required=True),),
            command=lambda values: partial(_adopt, values["file"]),
            verb=_("Berlakukan"),
            message=_("Instrumen berlaku."),
            icon=ICON,
            words=_("Versi yang lebih tinggi dari id yang sama menggantikan yang lama."),
        ).open()

    def _open_estimate(self, state: IndicatorState) -> None:
        levels = [(level.level, f"{level.level}: {level.text}") for level in state.indicator.levels]
        theme = self.theme

        def command(values: Values) -> NoteIndicator:
            return NoteIndicator(instrument=state.note.instrument, number=state.note.number, **values)

        FormBox(
            self.host,
            _("Perkiraan sendiri indikator {n}").format(n=state.indicator.number),
            (
                forms.ChoiceField(theme, "level", _("Perkiraan sendiri"), levels),
                forms.TextField(theme, "reason", _("Alasan"), rows=2),
                (
                    forms.LineField(theme, "responsible", _("Dilengkapi oleh")),
                    forms.DateField(theme, "due", _("Sampai"), days=self.host),
                ),
            ),
            command=command,
            message=_("Perkiraan tersimpan."),
            icon=ICON,
            words=_("Kosong: menurut catatan program. Ini bukan nilai; tingkat ditetapkan evaluator."),
            draft=self.host.draft("indicator", f"{state.note.instrument}-{state.note.number}"),
            known=note_values(state.note),
            edits=True,
            check=_require_reason,
        ).open()


def _adopt(path: Path, office: Office, actor: Actor) -> int:
    """Read the instrument and adopt it, on the worker thread."""
    return office.perform(adopt_command(path), actor)


def _write_folder(instrument: str, office: Office, actor: Actor) -> Path:
    """Write the folder of evidence among the papers, on the worker thread, and return its path."""
    folder = proof_folder(office, actor, instrument)
    written = proofs.write_folder(folder, paper_folder(), lambda document: photo_content(document, office))
    return written.folder


def _require_reason(values: Values) -> dict[str, str]:
    """Refuse an estimate of one's own without a reason (`check` of a `Form`)."""
    is_missing = values["level"] is not None and not values["reason"]
    return {"reason": _("Tulis alasannya.")} if is_missing else {}
