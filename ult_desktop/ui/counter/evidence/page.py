"""The page Penilaian: where the office stands by an instrument, and what is missing before it is late."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.late import late
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.evidence.commands import NoteIndicator
from ult_desktop.core.evidence.estimate import lists_of
from ult_desktop.core.evidence.registers import Register
from ult_desktop.operations.evidence.board import (
    EvidenceBoard,
    IndicatorState,
    evidence_board,
    record_words,
    responsible_words,
)
from ult_desktop.operations.evidence.folder import proof_folder
from ult_desktop.operations.evidence.instruments import adoption_of
from ult_desktop.operations.evidence.photos import photo_content
from ult_desktop.operations.evidence.records import note_values
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.evidence import record_box
from ult_desktop.ui.counter.pages import FormBox, ListPage, snapshot
from ult_desktop.ui.counter.pages.papers import paper_folder, save
from ult_desktop.ui.kit import dialogs, forms, lists, widgets
from ult_desktop.ui.kit.detail import DetailAction, Fact
from ult_desktop.ui.kit.forms.form import Values

if TYPE_CHECKING:
    from ult_desktop.reports import proofs
else:
    proofs = late("ult_desktop.reports.proofs")

_LACKING, _LATE = "lacking", "late"
_FROM_FILE = ""  # no instrument has this id


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


def rows_of(board: EvidenceBoard) -> list[lists.ListRow]:
    today = board.day.isoformat()
    rows = []
    for each in board.states:
        is_late = each.note.is_late(today)
        groups = {*([_LACKING] if each.level < each.top else ()), *([_LATE] if is_late else ())}
        rows.append(
            lists.ListRow(
                id=each.id,
                title=each.indicator.heading,
                subtitle=responsible_words(each.note) or each.estimate.level.text,
                icon="award",
                tint="green" if each.level == each.top else "orange" if each.level else "slate",
                tags=(level_tag(each),),
                groups=frozenset(groups),
                side_tone="danger" if is_late else "",
                search=board.instrument.aspect_of(each.indicator).name,
            )
        )
    return rows


def facts_of(state: IndicatorState, board: EvidenceBoard) -> list[Fact]:
    """Return the facts of an indicator; the list of facts leaves out what is empty."""
    found, estimate, indicator = state, state.estimate, state.indicator
    sources = {each.key: each.words for each in board.instrument.sources}
    derived = indicator.levels[estimate.derived]
    noted = found.note.level is not None
    lacking = [*(each.told for each in estimate.lacking), *found.missing]
    return [
        Fact(_("Perkiraan sendiri"), f"{level_tag(found).text}: {estimate.level.text}"),
        Fact(_("Dasarnya"), found.note.reason or _lines([each.told for each in estimate.reasons])),
        Fact(_("Menurut catatan program"), f"{estimate.derived}: {derived.text}" if noted else "", "soft"),
        Fact(_("Tingkat berikutnya"), estimate.following.text if estimate.following else ""),
        Fact(_("Yang kurang"), _lines(lacking), "warn"),
        Fact(
            _("Bukti yang ada"),
            _lines([*found.shown, *(record_words(each, board.lists) for each in found.records)]),
        ),
        Fact(_("Penanggung jawab"), responsible_words(found.note)),
        Fact(_("Belum pasti"), indicator.doubt, "soft"),
        Fact(_("Sumber"), _lines([sources[key] for key in indicator.sources]), "soft"),
    ]


def _lines(words: Sequence[str]) -> str:
    return "\n".join(f"• {each}" for each in words) if len(words) > 1 else "".join(words)


class EvidencePage(ListPage[IndicatorState]):
    """The page of an instrument's indicators: the office's own estimate, and what the next level wants."""

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
        self.record = self.add_head_button(_("Catat bukti …"), "plus", self._record, "primary")
        self.registers = self.add_head_button(_("Register …"), "clipboard-list", self._open_registers)
        self.folder = self.add_head_button(_("Folder bukti"), "download", self._make_folder)
        self.change = self.add_head_button(_("Instrumen …"), "list-ordered", self._choose_instrument)
        self._acts = (self.record, self.registers, self.folder, self.change)
        self.key("Ctrl+N", self.record.click)
        for each in self._acts:
            each.setEnabled(False)  # until the board is read, there is nothing to choose

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(evidence_board, self.board.instrument.id if self.board else ""), self._show)

    def _show(self, board: EvidenceBoard) -> None:
        self.board = board
        for each in self._acts:
            each.setEnabled(True)
        self.total.setText(f"{board.instrument.edition_words}. {board.total_words}")
        self.show_records(board.states, rows_of(board))

    @override
    def show_record(self, found: IndicatorState) -> None:
        assert self.board is not None, "a row is shown with its board"  # noqa: S101
        aspect = self.board.instrument.aspect_of(found.indicator).name
        title = found.indicator.heading
        self.detail.show_head(title, aspect, (level_tag(found),))
        self.detail.show_facts(facts_of(found, self.board))
        actions = [
            DetailAction("note", _("Perkiraan, penanggung jawab …"), "pen-line", partial(self._note, found))
        ]
        if found.registers:
            actions.insert(0, DetailAction("record", _("Catat bukti …"), "plus", self._record, "primary"))
        self.detail.show_actions(actions)

    def _record(self) -> None:
        """Record a row for the chosen indicator, in one of its registers."""
        if self.chosen is None:
            self.host.tell(_("Pilih indikator untuk melihat buktinya."))
        elif self.board is not None:
            registers = self.chosen.registers or tuple(Register)
            only = lists_of(self.chosen.indicator)
            record_box.choose_register(self.host, self.board, registers, only)

    def _open_registers(self) -> None:
        if self.board is not None:
            record_box.EvidenceBox(self.host, self.board).open()

    def _make_folder(self) -> None:
        if self.board is not None:
            save(self.host, partial(_write_folder, self.board.instrument.id))

    def _choose_instrument(self) -> None:
        if self.board is not None:
            own = (_("Instrumen lain dari berkas …"), _FROM_FILE)
            options = [*((words, key) for key, words in self.board.instruments), own]
            dialogs.choose(
                self.host.window,
                self.theme,
                _("Instrumen mana?"),
                options,
                self._show_instrument,
                first=self.board.instrument.id,
                words=" ".join(filter(None, (self.board.instrument.formula, doubt_words(self.board)))),
            )

    def _show_instrument(self, key: str) -> None:
        if key == _FROM_FILE:
            self._adopt()
        else:
            self.fetch(snapshot(evidence_board, key), self._show)

    def _adopt(self) -> None:
        kinds = _("Instrumen (*.toml)")
        FormBox(
            self.host,
            _("Berlakukan instrumen lain"),
            (forms.FileField(self.theme, "file", _("Berkas instrumen"), kinds, required=True),),
            command=lambda values: partial(_adopt, values["file"]),
            verb=_("Berlakukan"),
            message=_("Instrumen berlaku."),
            icon=record_box.ICON,
            words=_("Versi yang lebih tinggi dari id yang sama menggantikan yang lama."),
        ).open()

    def _note(self, found: IndicatorState) -> None:
        levels = [(each.level, f"{each.level}: {each.text}") for each in found.indicator.levels]
        theme = self.theme

        def command(values: Values) -> NoteIndicator:
            return NoteIndicator(instrument=found.note.instrument, number=found.note.number, **values)

        FormBox(
            self.host,
            _("Perkiraan sendiri indikator {n}").format(n=found.indicator.number),
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
            icon=record_box.ICON,
            words=_("Kosong: menurut catatan program. Ini bukan nilai; tingkat ditetapkan evaluator."),
            draft=self.host.draft("indicator", f"{found.note.instrument}-{found.note.number}"),
            known=note_values(found.note),
            edits=True,
            check=_check,
        ).open()


def _adopt(path: Path, office: Office, actor: Actor) -> int:
    """Read the instrument and adopt it, on the worker thread."""
    return office.perform(adoption_of(path), actor)


def _write_folder(instrument: str, office: Office, actor: Actor) -> Path:
    """Write the folder among the papers, on the worker thread, and return its path."""
    found = proof_folder(office, actor, instrument)
    made = proofs.write_folder(found, paper_folder(), lambda document: photo_content(document, office))
    return made.folder


def doubt_words(board: EvidenceBoard) -> str:
    """Return what the instrument does not know for certain."""
    return _("Belum pasti: {doubt}").format(doubt=board.instrument.doubt) if board.instrument.doubt else ""


def _check(values: Values) -> dict[str, str]:
    missing = values["level"] is not None and not values["reason"]
    return {"reason": _("Tulis alasannya.")} if missing else {}
