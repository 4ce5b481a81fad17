"""The page Penyimpangan: what the office has to account for, explained and reviewed."""

from collections.abc import Callable, Sequence
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
    alike,
    are_of_one_visit,
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
from ult_desktop.ui.kit.lists import Filter, ListRow, Tag

_FALSE, _MINE = "keliru", "mine"
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
        Filter(_FALSE, _("Keliru")),
    )


def state_tag(found: Deviation) -> Tag:
    return Tag(deviation_words.state_words(found), "primary" if found.is_false else _TONES[found.state])


def subtitle(found: Deviation) -> str:
    """Return the label, the officer, and the time against its standard, or the procedure's title."""
    who = _joined(found.label, deviation_words.officer_words(found))
    return _joined(who, deviation_words.time_words(found) or found.title)


def rows_of(found: Sequence[Deviation], now: datetime, mine: frozenset[int] = frozenset()) -> list[ListRow]:
    return [
        ListRow(
            id=each.id,
            title=deviation_words.subject(each) or deviation_words.headline(each),
            subtitle=_joined(deviation_words.finding(each), subtitle(each)),
            aside=timeline.when_words(each.made_at, now),
            icon=_ICONS[each.kind][0],
            tint=_ICONS[each.kind][1],
            tags=(state_tag(each),),
            groups=frozenset(
                {_FALSE if each.is_false else each.state.value, *((_MINE,) if each.id in mine else ())}
            ),
            strong=_is_open(each),
            side_tone="danger" if _is_open(each) else "",
            search=f"{each.officer} {each.responsible} {each.item} {each.activity}",
        )
        for each in found
    ]


def _is_open(found: Deviation) -> bool:
    return found.state is DeviationState.OPEN and not found.is_false


def facts_of(found: Deviation, now: datetime) -> list[Fact]:
    """Return the facts that are known and written. The list of facts leaves out what is empty."""
    return [
        Fact(_("Prosedur"), found.title),
        Fact(_("Langkah"), found.activity),
        Fact(_("Output yang harus ada"), found.standard if found.kind is DeviationKind.OUTPUT else ""),
        Fact(_("Barang"), found.item if found.kind is DeviationKind.EQUIPMENT else ""),
        Fact(_("Waktu baku"), found.standard if found.kind is DeviationKind.TIME else ""),
        Fact(_("Terpakai (jam kantor)"), found.spent.words if found.spent else ""),
        Fact(_("Petugas"), deviation_words.officer_words(found)),
        Fact(_("Penyebab"), found.cause),
        Fact(_("Perbaikan"), found.correction),
        Fact(_("Penanggung jawab"), found.responsible),
        Fact(_("Dijelaskan"), _joined(found.explained_by, timeline.when_words(found.explained_at, now))),
        Fact(_("Ditinjau"), _joined(found.reviewed_by, timeline.when_words(found.reviewed_at, now))),
        Fact(_("Catatan"), found.remark),
        Fact(_("Ditandai keliru"), _joined(found.false_by, timeline.when_words(found.false_at, now))),
        Fact(_("Alasan keliru"), found.false_reason),
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


def _joined(name: str, when: str) -> str:
    return " · ".join(part for part in (name, when) if part)


_REVIEWABLE = (DeviationState.EXPLAINED, DeviationState.FOLLOWED_UP)


class DeviationsPage(ListPage[Deviation]):
    """The page of deviations that nobody has accounted for yet. Opening it also writes new ones down."""

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
        self.report = self.add_head_button(_("Laporan …"), "printer", self._offer_report)
        self.check = self.add_head_button(_("Periksa perlengkapan …"), "clipboard-check", self._start_check)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(deviation_board, self.host.actor.officer_id), self._show)

    def _show(self, board: DeviationBoard) -> None:
        self._board = board
        self.show_records(board.found, rows_of(board.found, self.host.now(), board.mine))
        if board.late:
            self.host.perform(commands.CollectDeviations(visits=board.late))

    @override
    def show_record(self, found: Deviation) -> None:
        self.detail.show_head(deviation_words.headline(found), subtitle(found), (state_tag(found),))
        self.detail.show_facts(facts_of(found, self.host.now()))
        self.detail.show_actions(self._actions(found))

    def _actions(self, found: Deviation) -> list[DetailAction]:
        actions = list[DetailAction]()
        if found.is_false:
            return actions
        if found.reviewed_at is None:
            verb = _("Jelaskan …") if found.explained_at is None else _("Perbaiki penjelasan …")
            explain = partial(self._with_alike, found, self._explain)
            role = "" if self._is_to_review(found) else "primary"
            actions.append(DetailAction("explain", verb, "pen-line", explain, role))
        if not self.host.actor.may(Permission.REVIEW_DEVIATIONS):
            return actions
        if found.state in _REVIEWABLE:
            accept = partial(self._with_alike, found, self._accept)
            role = "primary" if self._is_to_review(found) else ""
            actions.append(DetailAction("accept", _("Terima"), "badge-check", accept, role))
        if found.state is DeviationState.EXPLAINED:
            follow_up = partial(self._with_alike, found, self._follow_up)
            actions.append(DetailAction("follow_up", _("Tindak lanjuti …"), "send", follow_up))
        if found.state is not DeviationState.ACCEPTED:
            mark_false = partial(self._with_alike, found, self._mark_false)
            actions.append(DetailAction("false", _("Tandai keliru …"), "x", mark_false))
        return actions

    def _is_to_review(self, found: Deviation) -> bool:
        """Return whether the deviation is explained and waits for this officer.

        One act is next, never both.
        """
        may = self.host.actor.may(Permission.REVIEW_DEVIATIONS)
        return may and found.explained_at is not None and found.state in _REVIEWABLE

    def _with_alike(self, found: Deviation, act: Callable[[Deviation, tuple[int, ...]], None]) -> None:
        """Ask whether the act also covers others of the same visit or cause, if there are any."""
        others = alike(found, self._board.found)
        of_visit = [each for each in others if are_of_one_visit(each, found)]
        of_cause = [each for each in others if each not in of_visit]
        of_day = [each for each in of_cause if each.day == found.day]
        offered = {
            _("Semua {n} dari kunjungan ini"): of_visit,
            _("Semua {n} yang sama pada hari itu"): of_day,
            _("Semua {n} dengan sebab yang sama"): of_cause if len(of_cause) > len(of_day) else [],
        }
        choices = [
            (words.format(n=len(group) + 1), tuple(each.id for each in group))
            for words, group in offered.items()
            if group
        ]
        if not choices:
            act(found, ())
            return
        question, chosen = _("Berlaku untuk yang mana?"), partial(act, found)
        choices.append((_("Yang ini saja"), ()))
        dialogs.choose(self.host.window, self.theme, question, choices, chosen)

    def _accept(self, found: Deviation, also: tuple[int, ...]) -> None:
        verdict = DeviationState.ACCEPTED
        command = commands.ReviewDeviation(deviation_id=found.id, verdict=verdict, also=also)
        self.host.perform(command, message=_("Penjelasan diterima."))

    def _explain(self, found: Deviation, also: tuple[int, ...]) -> None:
        people = [(row.login, row.name) for row in self._board.officers]
        me = next((r.login for r in self._board.officers if r.id == self.host.actor.officer_id), "")
        named = next((r.login for r in self._board.officers if r.name == found.responsible), "")
        seen = {"cause": found.cause, "correction": found.correction, "responsible": named}
        FormBox(
            self.host,
            _("Jelaskan penyimpangan"),
            (
                forms.TextField(self.theme, "cause", _("Penyebab"), required=True),
                forms.TextField(self.theme, "correction", _("Perbaikan"), required=True),
                forms.ChoiceField(self.theme, "responsible", _("Penanggung jawab"), people, required=True),
            ),
            command=lambda values: commands.ExplainDeviation(
                deviation_id=found.id, also=also, seen=seen if found.explained_at else None, **values
            ),
            verb=_("Simpan penjelasan"),
            message=_("Penjelasan tersimpan."),
            draft=self.host.draft("deviation-explain", found.id),
            words=_words_about(found, also),
            known={"cause": found.cause, "correction": found.correction, "responsible": named or me},
        ).open()

    def _follow_up(self, found: Deviation, also: tuple[int, ...]) -> None:
        verdict = DeviationState.FOLLOWED_UP
        FormBox(
            self.host,
            _("Tindak lanjuti"),
            (forms.TextField(self.theme, "remark", _("Apa yang harus dilakukan pelaksana?"), required=True),),
            command=lambda values: commands.ReviewDeviation(
                deviation_id=found.id, verdict=verdict, also=also, **values
            ),
            verb=_("Tindak lanjuti"),
            message=_("Tindak lanjut tercatat."),
            draft=self.host.draft("deviation-review", found.id),
            words=_words_about(found, also),
        ).open()

    def _mark_false(self, found: Deviation, also: tuple[int, ...]) -> None:
        FormBox(
            self.host,
            _("Tandai keliru"),
            (forms.TextField(self.theme, "reason", _("Mengapa tidak ada yang salah?"), required=True),),
            command=lambda values: commands.MarkFalse(deviation_id=found.id, also=also, **values),
            verb=_("Tandai keliru"),
            message=_("Ditandai keliru; tetap tersimpan dan dihitung terpisah."),
            draft=self.host.draft("deviation-false", found.id),
            words=_words_about(found, also),
        ).open()

    def _offer_report(self) -> None:
        choose_days(
            self.host,
            _("Laporan masa yang mana?"),
            lambda days: offer_paper(self.host, partial(report_of, *days), partial(table_of, *days)),
        )

    def _start_check(self) -> None:
        self.fetch(snapshot(equipment_today), self._choose_equipment)

    def _choose_equipment(self, lists: tuple[Equipment, ...]) -> None:
        dialogs.choose(
            self.host.window,
            self.theme,
            _("Perlengkapan prosedur yang mana?"),
            [(equipment_words(each, self.host.now()), each) for each in lists],
            self._check_equipment,
        )

    def _check_equipment(self, chosen: Equipment) -> None:
        FormBox(
            self.host,
            _("Pemeriksaan perlengkapan"),
            (
                forms.TicksField(
                    self.theme, "broken", _("Yang rusak"), [(item, item) for item in chosen.items]
                ),
            ),
            command=lambda values: check_of(chosen, values["broken"]),
            verb=_("Catat pemeriksaan"),
            message=_("Pemeriksaan perlengkapan tercatat."),
            icon=("clipboard-check", "teal"),
            words=_("{title}: tandai yang rusak atau tidak ada. Tanpa tanda berarti semua baik.").format(
                title=chosen.title
            ),
            known={"broken": chosen.broken},
        ).open()


def _words_about(found: Deviation, also: tuple[int, ...]) -> str:
    """Return the words for the deviation that a box is about, and how many others (`also`) the act covers."""
    more = counted("juga untuk {n} lainnya", len(also)) if also else ""
    return _joined(_joined(deviation_words.headline(found), subtitle(found)), more)


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


def check_of(equipment: Equipment, broken: tuple[str, ...]) -> commands.CheckEquipment:
    items = tuple(CheckedItem(item=item, works=item not in broken) for item in equipment.items)
    return commands.CheckEquipment(procedure_id=equipment.procedure_id, items=items)
