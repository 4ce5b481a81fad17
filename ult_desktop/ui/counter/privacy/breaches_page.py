"""The page Insiden data: failures of data protection until those concerned and the agency are informed."""

from functools import partial

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.privacy import breaches as privacy_breaches
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.privacy import breaches
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.privacy_sheets import breach_letter, incident_form
from ult_desktop.ui.counter.pages import FormBox, ListPage, panel, papers
from ult_desktop.ui.counter.privacy import boxes, words
from ult_desktop.ui.kit import forms
from ult_desktop.ui.kit.detail import DetailAction


class BreachesPage(ListPage[privacy_breaches.Breach]):
    """The register with its clock, and the letters that the law wants."""

    name, icon_name, group = "breaches", "shield", "quality"
    line = "privacy"
    needs = frozenset({Permission.PROTECT_DATA})
    title = staticmethod(lambda: _("Insiden data"))
    waiting = staticmethod(lambda tx, _now, _actor: breaches.count_open(tx))

    @override
    def build(self) -> None:
        self.add_list(
            _("Cari insiden …"),
            words.filters(),
            (_("Belum ada insiden data pribadi."), "shield-check"),
            (_("Pilih insiden untuk mengerjakannya."), "shield"),
        )
        self.blank = self.add_head_button(
            _("Formulir kosong"), "file-text", lambda: self._save(partial(read_form, None))
        )
        self.new = self.add_head_button(_("Catat insiden …"), "plus", lambda: self._record_box().open())

    @override
    def refresh(self) -> None:
        self.fetch(panel.snapshot(breaches.board), self._show)

    def _show(self, found: tuple[privacy_breaches.Breach, ...]) -> None:
        self.show_records(found, words.breach_rows(found, self.host.now()))

    @override
    def show_record(self, found: privacy_breaches.Breach) -> None:
        now = self.host.now()
        self.detail.show_head(found.what, found.number, (words.breach_tag(found, now),))
        self.detail.show_facts(words.breach_facts(found, now))
        self.detail.show_actions(self._actions(found))

    def _actions(self, found: privacy_breaches.Breach) -> list[DetailAction]:
        form = DetailAction(
            "form", _("Laporan kepada CSIRT"), "file-text", lambda: self._save(partial(read_form, found.id))
        )
        if found.closed_at is not None:
            return [form]
        why_not_yet = _("Isi upaya penanganan dan pemulihan dulu.") if found.lacks else ""
        letters = (
            (privacy_breaches.NoticeRecipient.SUBJECTS, _("Surat kepada subjek data")),
            (privacy_breaches.NoticeRecipient.AGENCY, _("Surat kepada lembaga")),
        )
        describe_role, close_role = ("primary" if found.lacks else ""), ("primary" if found.is_told else "")
        told = DetailAction(
            "told", _("Sudah dikirim …"), "send", lambda: self._notice_box(found).open(), why=why_not_yet
        )
        return [
            DetailAction(
                "describe",
                _("Lengkapi …"),
                "pen-line",
                lambda: self._describe_box(found).open(),
                describe_role,
            ),
            *(
                DetailAction(
                    whom,
                    text,
                    "file-text",
                    partial(self._save, partial(read_letter, found.id, whom)),
                    why=why_not_yet,
                )
                for whom, text in letters
            ),
            form,
            *(() if found.is_told else (told,)),
            DetailAction("close", _("Tutup …"), "check", lambda: self._close_box(found).open(), close_role),
        ]

    def _save(self, make: papers.MakeSheet) -> None:
        papers.save(self.host, partial(papers.write_pdf, make))

    def _what_happened(self) -> tuple[forms.TextField, ...]:
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
            (*self._what_happened(), boxes.since_fields(self.host, _("Diketahui tanggal"))),
            command=lambda values: privacy_breaches.RecordBreach(
                **boxes.with_stamp(self.host, values, "known_at")
            ),
            check=boxes.require_both,
            draft=self.host.draft("breach"),
            verb=_("Catat"),
            message=_("Insiden tercatat. Pemberitahuan tertulis paling lambat 3×24 jam."),
            words=_(
                "Waktu berjalan sejak diketahui, juga malam dan hari libur. Kosongkan tanggal dan jam bila"
                " baru saja diketahui."
            ),
            icon=("shield", "amber"),
        )

    def _describe_box(self, found: privacy_breaches.Breach) -> FormBox:
        names = ("what", "happened", "data", "persons", "handling", "recovery", "contact")
        return FormBox(
            self.host,
            _("Lengkapi insiden {number}").format(number=found.number),
            (
                *self._what_happened(),
                forms.NumberField(self.theme, "persons", _("Jumlah orang"), least=0, most=10_000_000),
                forms.TextField(self.theme, "handling", _("Upaya penanganan"), rows=2),
                forms.TextField(self.theme, "recovery", _("Upaya pemulihan"), rows=2),
                forms.LineField(self.theme, "contact", _("Kontak untuk pertanyaan"), most=200),
            ),
            command=lambda values: privacy_breaches.DescribeBreach(breach_id=found.id, **values),
            message=_("Insiden dilengkapi."),
            draft=self.host.draft("breach-describe", found.id),
            icon=("pen-line", "teal"),
            known={name: getattr(found, name) for name in names},
            edits=True,
        )

    def _notice_box(self, found: privacy_breaches.Breach) -> FormBox:
        recipients = privacy_breaches.NoticeRecipient
        untold = [(whom, whom.word) for whom in recipients if found.told_at(whom) is None]
        return FormBox(
            self.host,
            _("Pemberitahuan tertulis sudah dikirim"),
            (
                forms.RadioField(self.theme, "whom", _("Kepada"), untold, required=True),
                forms.LineField(self.theme, "how", _("Cara dan bukti pengiriman"), required=True, most=200),
            ),
            command=lambda values: privacy_breaches.NoteBreachNotice(breach_id=found.id, **values),
            verb=_("Catat"),
            message=_("Pemberitahuan tercatat."),
            draft=self.host.draft("breach-told", found.id),
            icon=("send", "blue"),
        )

    def _close_box(self, found: privacy_breaches.Breach) -> FormBox:
        return FormBox(
            self.host,
            _("Tutup insiden {number}").format(number=found.number),
            (
                forms.TextField(self.theme, "lesson", _("Perbaikan agar tidak terulang"), required=True),
                forms.TickField(self.theme, "unfounded", _("Ternyata tidak ada data pribadi yang terungkap")),
            ),
            command=lambda values: privacy_breaches.CloseBreach(breach_id=found.id, **values),
            verb=_("Tutup insiden"),
            message=_("Insiden ditutup."),
            draft=self.host.draft("breach-close", found.id),
            icon=("shield-check", "teal"),
        )


def read_letter(
    breach_id: int, whom: privacy_breaches.NoticeRecipient, office: Office, _actor: Actor
) -> Sheet:
    return office.read(lambda tx: breach_letter(tx, breach_id, whom, office.clock()))


def read_form(breach_id: int | None, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: incident_form(tx, breach_id, office.clock()))
