"""The page Penyimpangan: what the office has to account for, explained and reviewed."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from typing_extensions import override

from ult_desktop.base import _, counted
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.accountability import commands, deviation_words
from ult_desktop.core.accountability.deviations import (
    CheckedItem,
    Deviation,
    DeviationKind,
    DeviationState,
    are_of_one_visit,
    similar_deviations,
)
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.core.sheet import Sheet
from ult_desktop.operations.accountability.deviations import DeviationBoard, count_to_explain, deviation_board
from ult_desktop.operations.accountability.equipment_check import Equipment, equipment_today
from ult_desktop.operations.accountability.report import accountability_sheet, accountability_table
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages import FormBox, ListPage, choose_days, offer_paper, snapshot
from ult_desktop.ui.kit import dialogs, forms, timeline
from ult_desktop.ui.kit.detail import DetailAction, Fact
from ult_desktop.ui.kit.forms.form import Values
from ult_desktop.ui.kit.lists import Filter, ListRow, Tag

_MARKED_FALSE, _MINE = "keliru", "mine"
_TONES = {
    DeviationState.OPEN: "danger",
    DeviationState.EXPLAINED: "warn",
    DeviationState.ACCEPTED: "ok",
    DeviationState.FOLLOWED_UP: "primary",
}
_ICONS = {
    DeviationKind.TIME: ("clock-alert", "orange"),
    DeviationKind.OUTPUT: ("file-text", "violet"),
    DeviationKind.EQUIPMENT: ("monitor", "slate"),
}


def filters() -> tuple[Filter, ...]:
    return (
        Filter("", _("Semua")),
        Filter(_MINE, _("Saya jelaskan"), tone="danger"),
        Filter(DeviationState.OPEN, DeviationState.OPEN.word, tone="danger"),
        Filter(DeviationState.EXPLAINED, DeviationState.EXPLAINED.word, tone="warn"),
        Filter(_MARKED_FALSE, _("Keliru")),
    )


def state_tag(deviation: Deviation) -> Tag:
    return Tag(
        deviation_words.state_words(deviation), "primary" if deviation.is_false else _TONES[deviation.state]
    )


def subtitle(deviation: Deviation) -> str:
    """Return the label, the officer, and the time against its standard, or the procedure's title."""
    time_or_title = deviation_words.time_words(deviation) or deviation.title
    return _join_words(deviation.label, deviation_words.officer_words(deviation), time_or_title)


def _is_open(deviation: Deviation) -> bool:
    return deviation.state is DeviationState.OPEN and not deviation.is_false


def facts_of(deviation: Deviation, now: datetime) -> list[Fact]:
    """Return the facts of a deviation. `Facts` leaves out those without a value."""
    return [
        Fact(_("Prosedur"), deviation.title),
        Fact(_("Langkah"), deviation.activity),
        Fact(
            _("Output yang harus ada"), deviation.standard if deviation.kind is DeviationKind.OUTPUT else ""
        ),
        Fact(_("Barang"), deviation.item if deviation.kind is DeviationKind.EQUIPMENT else ""),
        Fact(_("Waktu baku"), deviation.standard if deviation.kind is DeviationKind.TIME else ""),
        Fact(_("Terpakai (jam kantor)"), deviation.spent.words if deviation.spent else ""),
        Fact(_("Petugas"), deviation_words.officer_words(deviation)),
        Fact(_("Penyebab"), deviation.cause),
        Fact(_("Perbaikan"), deviation.correction),
        Fact(_("Penanggung jawab"), deviation.responsible),
        Fact(
            _("Dijelaskan"),
            _join_words(deviation.explained_by, timeline.when_words(deviation.explained_at, now)),
        ),
        Fact(
            _("Ditinjau"), _join_words(deviation.reviewed_by, timeline.when_words(deviation.reviewed_at, now))
        ),
        Fact(_("Catatan"), deviation.remark),
        Fact(
            _("Ditandai keliru"),
            _join_words(deviation.false_by, timeline.when_words(deviation.false_at, now)),
        ),
        Fact(_("Alasan keliru"), deviation.false_reason),
    ]


def equipment_words(equipment: Equipment, now: datetime) -> str:
    """Return a procedure's title, and when its equipment was checked today."""
    if equipment.check is None:
        return equipment.title
    return _("{title} · diperiksa {when} oleh {officer}").format(
        title=equipment.title,
        when=timeline.when_words(equipment.check.at, now),
        officer=equipment.check.officer,
    )


def _join_words(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


_REVIEWABLE = (DeviationState.EXPLAINED, DeviationState.FOLLOWED_UP)


class DeviationsPage(ListPage[Deviation]):
    """The page of deviations: those of the last month, and every open one.

    When the page is read, it also records the deviations of visits that are late by now.
    """

    name, icon_name, group = "deviations", "triangle-alert", "quality"
    line = "quality"
    needs = frozenset({Permission.EXPLAIN_DEVIATIONS, Permission.REVIEW_DEVIATIONS})
    title = staticmethod(lambda: _("Penyimpangan"))
    waiting = staticmethod(lambda tx, _now, actor: count_to_explain(tx, actor))

    @override
    def build(self) -> None:
        self._board = DeviationBoard()
        self.add_list(
            _("Cari langkah, nomor, petugas …"),
            filters(),
            (_("Tidak ada penyimpangan sebulan ini."), "shield-check"),
            (_("Pilih penyimpangan untuk menjelaskan atau meninjaunya."), "triangle-alert"),
        )
        self.report_button = self.add_head_button(_("Laporan …"), "printer", self._offer_report)
        self.check_button = self.add_head_button(
            _("Periksa perlengkapan …"),
            "clipboard-check",
            lambda: self.fetch(snapshot(equipment_today), self._choose_equipment),
        )

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(deviation_board, self.host.actor.officer_id), self._show)

    def _show(self, board: DeviationBoard) -> None:
        self._board = board
        self.show_records(board.deviations)
        if board.unwritten:
            self.host.perform(commands.CollectDeviations(visits=board.unwritten))

    @override
    def row_of(self, record: Deviation) -> ListRow:
        groups = {_MARKED_FALSE if record.is_false else record.state.value}
        groups |= {_MINE} if record.id in self._board.mine else set()
        return ListRow(
            id=record.id,
            title=deviation_words.subject(record) or deviation_words.headline(record),
            subtitle=_join_words(deviation_words.finding(record), subtitle(record)),
            aside=timeline.when_words(record.made_at, self.host.now()),
            icon=_ICONS[record.kind][0],
            tint=_ICONS[record.kind][1],
            tags=(state_tag(record),),
            groups=frozenset(groups),
            strong=_is_open(record),
            side_tone="danger" if _is_open(record) else "",
            search=f"{record.officer} {record.responsible} {record.item} {record.activity}",
        )

    @override
    def show_record(self, record: Deviation) -> None:
        self.detail.show_head(deviation_words.headline(record), subtitle(record), (state_tag(record),))
        self.detail.show_facts(facts_of(record, self.host.now()))
        self.detail.show_actions(self._actions(record))

    def _actions(self, deviation: Deviation) -> list[DetailAction]:
        actions = list[DetailAction]()
        if deviation.is_false:
            return actions
        if deviation.reviewed_at is None:
            verb = _("Jelaskan …") if deviation.explained_at is None else _("Perbaiki penjelasan …")
            explain = partial(self._with_alike, deviation, self._explain)
            role = "" if self._is_to_review(deviation) else "primary"
            actions.append(DetailAction("explain", verb, "pen-line", explain, role))
        if not self.host.actor.may(Permission.REVIEW_DEVIATIONS):
            return actions
        if deviation.state in _REVIEWABLE:
            accept = partial(self._with_alike, deviation, self._accept)
            role = "primary" if self._is_to_review(deviation) else ""
            actions.append(DetailAction("accept", _("Terima"), "badge-check", accept, role))
        if deviation.state is DeviationState.EXPLAINED:
            follow_up = partial(self._with_alike, deviation, self._follow_up)
            actions.append(DetailAction("follow_up", _("Tindak lanjuti …"), "send", follow_up))
        if deviation.state is not DeviationState.ACCEPTED:
            mark_false = partial(self._with_alike, deviation, self._mark_false)
            actions.append(DetailAction("false", _("Tandai keliru …"), "x", mark_false))
        return actions

    def _is_to_review(self, deviation: Deviation) -> bool:
        """Return whether the deviation is explained and waits for this officer's review.

        Then the review is the filled button, else the explanation.
        """
        may_review = self.host.actor.may(Permission.REVIEW_DEVIATIONS)
        return may_review and deviation.explained_at is not None and deviation.state in _REVIEWABLE

    def _with_alike(self, deviation: Deviation, act: Callable[[Deviation, tuple[int, ...]], None]) -> None:
        """Call `act` with the ids of the further deviations that the officer chooses to include.

        The officer is asked only where there are others of the same visit, day or cause.
        """
        others = similar_deviations(deviation, self._board.deviations)
        same_visit = [other for other in others if are_of_one_visit(other, deviation)]
        same_cause = [other for other in others if other not in same_visit]
        same_day = [other for other in same_cause if other.day == deviation.day]
        groups = {
            _("Semua {n} dari kunjungan ini"): same_visit,
            _("Semua {n} yang sama pada hari itu"): same_day,
            _("Semua {n} dengan sebab yang sama"): same_cause if len(same_cause) > len(same_day) else [],
        }
        choices = [
            (words.format(n=len(group) + 1), tuple(other.id for other in group))
            for words, group in groups.items()
            if group
        ]
        if not choices:
            act(deviation, ())
            return
        question = _("Berlaku untuk yang mana?")
        choices.append((_("Yang ini saja"), ()))
        dialogs.choose(self.host.window, self.theme, question, choices, partial(act, deviation))

    def _accept(self, deviation: Deviation, also_ids: tuple[int, ...]) -> None:
        verdict = DeviationState.ACCEPTED
        command = commands.ReviewDeviation(deviation_id=deviation.id, verdict=verdict, also=also_ids)
        self.host.perform(command, message=_("Penjelasan diterima."))

    def _explain(self, deviation: Deviation, also_ids: tuple[int, ...]) -> None:
        officers = self._board.officers
        people = [(row.login, row.name) for row in officers]
        my_login = next((row.login for row in officers if row.id == self.host.actor.officer_id), "")
        responsible = next((row.login for row in officers if row.name == deviation.responsible), "")
        written = {"cause": deviation.cause, "correction": deviation.correction, "responsible": responsible}
        FormBox(
            self.host,
            _("Jelaskan penyimpangan"),
            (
                forms.TextField(self.theme, "cause", _("Penyebab"), required=True),
                forms.TextField(self.theme, "correction", _("Perbaikan"), required=True),
                forms.ChoiceField(self.theme, "responsible", _("Penanggung jawab"), people, required=True),
            ),
            command=lambda values: commands.ExplainDeviation(
                deviation_id=deviation.id,
                also=also_ids,
                seen=written if deviation.explained_at else None,
                **values,
            ),
            verb=_("Simpan penjelasan"),
            message=_("Penjelasan tersimpan."),
            draft=self.host.draft("deviation-explain", deviation.id),
            words=_words_about(deviation, also_ids),
            known={**written, "responsible": responsible or my_login},
        ).open()

    def _follow_up(self, deviation: Deviation, also_ids: tuple[int, ...]) -> None:
        verdict = DeviationState.FOLLOWED_UP
        FormBox(
            self.host,
            _("Tindak lanjuti"),
            (forms.TextField(self.theme, "remark", _("Apa yang harus dilakukan pelaksana?"), required=True),),
            command=lambda values: commands.ReviewDeviation(
                deviation_id=deviation.id, verdict=verdict, also=also_ids, **values
            ),
            verb=_("Tindak lanjuti"),
            message=_("Tindak lanjut tercatat."),
            draft=self.host.draft("deviation-review", deviation.id),
            words=_words_about(deviation, also_ids),
        ).open()

    def _mark_false(self, deviation: Deviation, also_ids: tuple[int, ...]) -> None:
        FormBox(
            self.host,
            _("Tandai keliru"),
            (forms.TextField(self.theme, "reason", _("Mengapa tidak ada yang salah?"), required=True),),
            command=lambda values: commands.MarkFalse(deviation_id=deviation.id, also=also_ids, **values),
            verb=_("Tandai keliru"),
            message=_("Ditandai keliru; tetap tersimpan dan dihitung terpisah."),
            draft=self.host.draft("deviation-false", deviation.id),
            words=_words_about(deviation, also_ids),
        ).open()

    def _offer_report(self) -> None:
        choose_days(
            self.host,
            _("Laporan masa yang mana?"),
            lambda days: offer_paper(self.host, partial(report_of, *days), partial(table_of, *days)),
        )

    def _choose_equipment(self, of_procedures: tuple[Equipment, ...]) -> None:
        dialogs.choose(
            self.host.window,
            self.theme,
            _("Perlengkapan prosedur yang mana?"),
            [(equipment_words(equipment, self.host.now()), equipment) for equipment in of_procedures],
            self._check_equipment,
        )

    def _check_equipment(self, equipment: Equipment) -> None:
        def command(values: Values) -> commands.CheckEquipment:
            broken = values["broken"]
            items = tuple(CheckedItem(item=item, works=item not in broken) for item in equipment.items)
            return commands.CheckEquipment(procedure_id=equipment.procedure_id, items=items)

        FormBox(
            self.host,
            _("Pemeriksaan perlengkapan"),
            (
                forms.TicksField(
                    self.theme, "broken", _("Yang rusak"), [(item, item) for item in equipment.items]
                ),
            ),
            command=command,
            verb=_("Catat pemeriksaan"),
            message=_("Pemeriksaan perlengkapan tercatat."),
            icon=("clipboard-check", "teal"),
            words=_("{title}: tandai yang rusak atau tidak ada. Tanpa tanda berarti semua baik.").format(
                title=equipment.title
            ),
            known={"broken": equipment.broken},
        ).open()


def _words_about(deviation: Deviation, also_ids: tuple[int, ...]) -> str:
    """Return the words for the deviation that a box is about, and for how many others the act covers."""
    more = counted("juga untuk {n} lainnya", len(also_ids)) if also_ids else ""
    return _join_words(deviation_words.headline(deviation), subtitle(deviation), more)


def report_of(first: date, last: date, office: Office, _actor: Actor) -> Sheet:
    """Make the sheet of deviations of a period.

    Raises:
        UserError: the period holds more than a sheet may.
    """
    return office.read(
        lambda tx: accountability_sheet(tx, first.isoformat(), last.isoformat(), office.clock())
    )


def table_of(first: date, last: date, office: Office, _actor: Actor) -> ReportPart:
    """Make the table of deviations of a period.

    Raises:
        UserError: as `report_of`.
    """
    return office.read(lambda tx: accountability_table(tx, first.isoformat(), last.isoformat()))
