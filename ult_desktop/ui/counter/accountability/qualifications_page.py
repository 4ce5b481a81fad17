"""The page Kualifikasi: who meets what the procedures ask of their executors, confirmed by the head."""

from collections.abc import Sequence
from functools import partial

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.accountability.commands import ConfirmQualification, WithdrawQualification
from ult_desktop.core.accountability.qualifications import since_words
from ult_desktop.core.procedures.document import qualification_lines
from ult_desktop.operations.accountability.qualifications import AskedQualification, asked_qualifications
from ult_desktop.ui.counter.pages import FormBox, ListPage, snapshot
from ult_desktop.ui.counter.procedures.document_box import show_document
from ult_desktop.ui.kit import dialogs, lists
from ult_desktop.ui.kit.detail import DetailAction, Fact
from ult_desktop.ui.kit.forms import DateField, TextField

_MET, _LACKING = "met", "lacking"


def rows_of(found: Sequence[AskedQualification]) -> list[lists.ListRow]:
    return [
        lists.ListRow(
            id=each.id,
            title=each.officer.name,
            subtitle=each.procedure.title,
            icon="user-check",
            tint="green" if each.is_met else "amber",
            tags=(tag_of(each),),
            groups=frozenset({_MET if each.is_met else _LACKING}),
            search=each.procedure.number,
        )
        for each in found
    ]


def tag_of(found: AskedQualification) -> lists.Tag:
    return lists.Tag(_("dikonfirmasi"), "ok") if found.is_met else lists.Tag(_("belum"), "warn")


def facts_of(found: AskedQualification) -> list[Fact]:
    facts = [Fact(_("Yang diminta"), "\n".join(qualification_lines(found.procedure)))]
    last = found.last
    if last is None:
        return facts
    facts += [
        Fact(_("Terpenuhi sejak"), since_words(last)),
        Fact(_("Bukti"), last.evidence),
        Fact(_("Dikonfirmasi oleh"), last.confirmed_by),
    ]
    if not last.holds:
        facts += [Fact(_("Ditarik oleh"), last.withdrawn_by), Fact(_("Alasan"), last.reason)]
    return facts


class QualificationsPage(ListPage[AskedQualification]):
    """The page of officers with a part in a procedure that asks qualifications.

    The head confirms and withdraws.
    """

    name, icon_name, group = "qualifications", "user-check", "quality"
    line = "quality"
    needs = frozenset({Permission.CONFIRM_QUALIFICATIONS})
    title = staticmethod(lambda: _("Kualifikasi"))

    @override
    def build(self) -> None:
        self.add_list(
            _("Cari nama, POS …"),
            (
                lists.Filter("", _("Semua")),
                lists.Filter(_LACKING, _("Belum")),
                lists.Filter(_MET, _("Dikonfirmasi")),
            ),
            (_("Tidak ada POS berlaku yang meminta kualifikasi."), "user-check"),
            (_("Pilih petugas untuk melihat kualifikasi yang diminta."), "user-check"),
        )

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(asked_qualifications), self._show)

    def _show(self, found: tuple[AskedQualification, ...]) -> None:
        self.show_records(found, rows_of(found))

    @override
    def show_record(self, found: AskedQualification) -> None:
        self.detail.show_head(found.officer.name, found.procedure.title, (tag_of(found),))
        self.detail.show_facts(facts_of(found))
        read = partial(show_document, self.host, found.procedure)
        confirm = DetailAction(
            "confirm", _("Konfirmasi …"), "check", partial(self._confirm, found), "primary"
        )
        withdraw = DetailAction("withdraw", _("Tarik …"), "x", partial(self._withdraw, found), "danger")
        self.detail.show_actions(
            [withdraw if found.is_met else confirm, DetailAction("read", _("Baca POS"), "file-text", read)]
        )

    def _confirm(self, found: AskedQualification) -> None:
        FormBox(
            self.host,
            _("Konfirmasi kualifikasi {name}").format(name=found.officer.name),
            (
                DateField(self.theme, "since", _("Terpenuhi sejak"), required=True, days=self.host),
                TextField(self.theme, "evidence", _("Bukti: ijazah, pelatihan, pengalaman"), required=True),
            ),
            command=lambda values: ConfirmQualification(
                login=found.officer.login, procedure_id=found.procedure.id, **values
            ),
            verb=_("Konfirmasi"),
            told=_("Kualifikasi dikonfirmasi."),
            icon=("user-check", "green"),
            words=found.procedure.title,
            draft=self.host.draft("qualification", found.id),
        ).open()

    def _withdraw(self, found: AskedQualification) -> None:
        dialogs.ask_text(
            self.host.window,
            self.theme,
            _("Tarik konfirmasi"),
            _("Mengapa {name} tidak lagi memenuhi kualifikasi?").format(name=found.officer.name),
            (_("Tarik"), partial(self._perform_withdrawal, found)),
        )

    def _perform_withdrawal(self, found: AskedQualification, reason: str) -> None:
        command = WithdrawQualification(
            login=found.officer.login, procedure_id=found.procedure.id, reason=reason
        )
        self.host.perform(command, told=_("Konfirmasi ditarik."))
