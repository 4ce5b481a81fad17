"""The page Insiden data: failures of data protection, until people and the authority are informed."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from typing_extensions import override

from ult_desktop.base import _, counted
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.privacy.breaches import (
    Breach,
    CloseBreach,
    DescribeBreach,
    NoteBreachNotice,
    NoticeRecipient,
    RecordBreach,
)
from ult_desktop.core.privacy.subjects import DeadlineState
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.privacy import breaches
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.privacy_sheets import breach_letter, incident_form
from ult_desktop.ui.counter.pages import FormBox, ListPage, page, papers
from ult_desktop.ui.counter.privacy.clock import (
    clock_filters,
    clock_groups,
    clock_tag,
    deadline_fact,
    require_both,
    since_fields,
    when_and_who,
    with_stamp,
)
from ult_desktop.ui.kit import detail, forms, lists, timeline
from ult_desktop.ui.kit.detail import DetailAction


def breach_tag(breach: Breach, now: datetime) -> lists.Tag:
    if breach.closed_at is not None:
        return lists.Tag(_("ditutup"))
    if breach.is_notified:
        return lists.Tag(_("sudah diberitahukan"), "ok")
    return clock_tag(breach.due_at, breach.deadline(to_stamp(now)), now)


def breach_facts(breach: Breach, now: datetime) -> list[detail.Fact]:
    unknown = _("belum ditulis")
    open_tone = "warn" if breach.closed_at is None else ""
    persons = counted("{n} orang", breach.persons) if breach.persons else _("belum diketahui")
    return [
        detail.Fact(_("Diketahui"), when_and_who(breach.known_at, breach.officer, now)),
        deadline_fact(breach.due_at, breach.deadline(to_stamp(now)), now),
        detail.Fact(_("Kapan dan bagaimana"), breach.happened),
        detail.Fact(_("Data yang terungkap"), breach.data),
        detail.Fact(_("Jumlah orang"), persons),
        detail.Fact(_("Upaya penanganan"), breach.handling or unknown, "" if breach.handling else open_tone),
        detail.Fact(_("Upaya pemulihan"), breach.recovery or unknown, "" if breach.recovery else open_tone),
        detail.Fact(_("Kontak"), breach.contact),
        detail.Fact(
            _("Subjek data"), _notice_words(breach.subjects_told_at, breach.subjects_told, now), open_tone
        ),
        detail.Fact(_("Lembaga"), _notice_words(breach.agency_told_at, breach.agency_told, now), open_tone),
        detail.Fact(_("Perbaikan"), breach.lesson),
        detail.Fact(_("Ditutup"), when_and_who(breach.closed_at, "", now)),
    ]


def _notice_words(at: int | None, how: str, now: datetime) -> str:
    return _("belum diberitahukan") if at is None else when_and_who(at, how, now)


class BreachesPage(ListPage[Breach]):
    """The register of incidents with the clock of each, and the letters that the law requires."""

    name, icon_name, group = "breaches", "shield", "quality"
    line = "privacy"
    needs = frozenset({Permission.PROTECT_DATA})
    title = staticmethod(lambda: _("Insiden data"))
    waiting = staticmethod(lambda tx, _now, _actor: breaches.count_open(tx))

    @override
    def build(self) -> None:
        self.add_list(
            _("Cari insiden …"),
            clock_filters(),
            (_("Belum ada insiden data pribadi."), "shield-check"),
            (_("Pilih insiden untuk mengerjakannya."), "shield"),
        )
        self.blank_button = self.add_head_button(
            _("Formulir kosong"), "file-text", lambda: self._save(partial(read_form, None))
        )
        self.new_button = self.add_head_button(
            _("Catat insiden …"), "plus", lambda: self._record_box().open()
        )

    @override
    def refresh(self) -> None:
        self.fetch(page.snapshot(breaches.board), self.show_records)

    @override
    def row_of(self, record: Breach) -> lists.ListRow:
        now = self.host.now()
        deadline = record.deadline(to_stamp(now))
        return lists.ListRow(
            id=record.id,
            title=record.what,
            subtitle=record.number,
            aside=timeline.when_words(record.known_at, now),
            icon="shield",
            tint="orange",
            tags=(breach_tag(record, now),),
            groups=clock_groups(deadline, record.closed_at),
            strong=not record.is_notified and record.closed_at is None,
            side_tone="danger" if deadline is DeadlineState.RED else "",
        )

    @override
    def show_record(self, record: Breach) -> None:
        now = self.host.now()
        self.detail.show_head(record.what, record.number, (breach_tag(record, now),))
        self.detail.show_facts(breach_facts(record, now))
        self.detail.show_actions(self._actions(record))

    def _actions(self, breach: Breach) -> list[DetailAction]:
        form = DetailAction(
            "form", _("Laporan kepada CSIRT"), "file-text", lambda: self._save(partial(read_form, breach.id))
        )
        if breach.closed_at is not None:
            return [form]
        why_not_yet = _("Isi upaya penanganan dan pemulihan dulu.") if breach.missing_parts else ""
        next_act = "told"
        if breach.missing_parts:
            next_act = "describe"
        elif breach.is_notified:
            next_act = "close"

        def act(
            name: str, text: str, icon_name: str, make_box: Callable[[Breach], FormBox], why_not: str = ""
        ) -> DetailAction:
            role = "primary" if name == next_act else ""
            return DetailAction(name, text, icon_name, lambda: make_box(breach).open(), role, why_not)

        def letter(whom: NoticeRecipient, text: str) -> DetailAction:
            save = partial(self._save, partial(read_letter, breach.id, whom))
            return DetailAction(whom, text, "file-text", save, why_not=why_not_yet)

        acts = [
            act("describe", _("Lengkapi …"), "pen-line", self._describe_box),
            letter(NoticeRecipient.SUBJECTS, _("Surat kepada subjek data")),
            letter(NoticeRecipient.AGENCY, _("Surat kepada lembaga")),
            form,
        ]
        if not breach.is_notified:
            acts.append(act("told", _("Sudah dikirim …"), "send", self._notice_box, why_not_yet))
        return [*acts, act("close", _("Tutup …"), "check", self._close_box)]

    def _save(self, make: papers.MakeSheet) -> None:
        papers.save(self.host, partial(papers.write_pdf, make))

    def _incident_fields(self) -> tuple[forms.TextField, ...]:
        questions = (
            ("what", _("Apa yang terjadi")),
            ("happened", _("Kapan dan bagaimana")),
            ("data", _("Data pribadi yang terungkap")),
        )
        return tuple(
            forms.TextField(self.theme, name, label, required=True, rows=2) for name, label in questions
        )

    def _record_box(self) -> FormBox:
        return FormBox(
            self.host,
            _("Insiden data pribadi"),
            (*self._incident_fields(), since_fields(self.host, _("Diketahui tanggal"))),
            command=lambda values: RecordBreach(**with_stamp(self.host, values, "known_at")),
            check=require_both,
            draft=self.host.draft("breach"),
            verb=_("Catat"),
            message=_("Insiden tercatat. Pemberitahuan tertulis paling lambat 3×24 jam."),
            words=_(
                "Waktu berjalan sejak diketahui, juga malam dan hari libur. Kosongkan tanggal dan jam bila"
                " baru saja diketahui."
            ),
            icon=("shield", "amber"),
        )

    def _describe_box(self, breach: Breach) -> FormBox:
        names = ("what", "happened", "data", "persons", "handling", "recovery", "contact")
        return FormBox(
            self.host,
            _("Lengkapi insiden {number}").format(number=breach.number),
            (
                *self._incident_fields(),
                forms.NumberField(self.theme, "persons", _("Jumlah orang"), least=0, most=10_000_000),
                forms.TextField(self.theme, "handling", _("Upaya penanganan"), rows=2),
                forms.TextField(self.theme, "recovery", _("Upaya pemulihan"), rows=2),
                forms.LineField(self.theme, "contact", _("Kontak untuk pertanyaan"), most=200),
            ),
            command=lambda values: DescribeBreach(breach_id=breach.id, **values),
            message=_("Insiden dilengkapi."),
            draft=self.host.draft("breach-describe", breach.id),
            icon=("pen-line", "teal"),
            known={name: getattr(breach, name) for name in names},
            edits=True,
        )

    def _notice_box(self, breach: Breach) -> FormBox:
        uninformed = [(whom, whom.word) for whom in NoticeRecipient if breach.notified_at(whom) is None]
        return FormBox(
            self.host,
            _("Pemberitahuan tertulis sudah dikirim"),
            (
                forms.RadioField(self.theme, "whom", _("Kepada"), uninformed, required=True),
                forms.LineField(self.theme, "how", _("Cara dan bukti pengiriman"), required=True, most=200),
            ),
            command=lambda values: NoteBreachNotice(breach_id=breach.id, **values),
            verb=_("Catat"),
            message=_("Pemberitahuan tercatat."),
            draft=self.host.draft("breach-told", breach.id),
            icon=("send", "blue"),
        )

    def _close_box(self, breach: Breach) -> FormBox:
        return FormBox(
            self.host,
            _("Tutup insiden {number}").format(number=breach.number),
            (
                forms.TextField(self.theme, "lesson", _("Perbaikan agar tidak terulang"), required=True),
                forms.TickField(self.theme, "unfounded", _("Ternyata tidak ada data pribadi yang terungkap")),
            ),
            command=lambda values: CloseBreach(breach_id=breach.id, **values),
            verb=_("Tutup insiden"),
            message=_("Insiden ditutup."),
            draft=self.host.draft("breach-close", breach.id),
            icon=("shield-check", "teal"),
        )


def read_letter(breach_id: int, whom: NoticeRecipient, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: breach_letter(tx, breach_id, whom, office.clock()))


def read_form(breach_id: int | None, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: incident_form(tx, breach_id, office.clock()))
