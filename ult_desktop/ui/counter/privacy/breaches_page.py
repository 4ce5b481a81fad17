"""The page Insiden data: failures of data protection until those concerned and the agency are told."""

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.privacy.breaches import (
    Breach,
    CloseBreach,
    DescribeBreach,
    NoteBreachNotice,
    NoticeRecipient,
    RecordBreach,
)
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.privacy import breaches
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.privacy_sheets import breach_letter
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.list_page import ListPage
from ult_desktop.ui.counter.pages.panel import snapshot
from ult_desktop.ui.counter.pages.papers import write_pdf
from ult_desktop.ui.counter.privacy import words
from ult_desktop.ui.counter.privacy.boxes import require_both, since_fields, with_stamp
from ult_desktop.ui.kit.actions_row import DetailAction
from ult_desktop.ui.kit.forms.option_fields import RadioField, TickField
from ult_desktop.ui.kit.forms.text_fields import LineField, NumberField, TextField
from ult_desktop.ui.kit.widgets.button import Button


class BreachesPage(ListPage[Breach]):
    """The register with its clock, and the letters that the law wants."""

    name = "breaches"
    icon_name = "shield"
    group = "quality"
    needs = frozenset({Permission.PROTECT_DATA})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Insiden data")

    @override
    def build(self) -> None:
        self.add_list(
            _("Cari insiden …"),
            words.filters(),
            (_("Belum ada insiden data pribadi."), "shield-check"),
            (_("Pilih insiden untuk mengerjakannya."), "shield"),
        )
        self.new = self.add_head_button(Button(self.theme, _("Catat insiden …"), "", "plus"))
        self.new.clicked.connect(lambda: self._record().open())

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(breaches.board), self._show)

    @override
    def badge_query(self) -> Callable[[Office], int]:
        return lambda office: office.read(breaches.count_open)

    def _show(self, found: tuple[Breach, ...]) -> None:
        self.show_records(found, words.breach_rows(found, self.host.now()))

    @override
    def show_record(self, found: Breach) -> None:
        now = self.host.now()
        self.detail.show_head(found.what, found.number, (words.breach_tag(found, now),))
        self.detail.show_facts(words.breach_facts(found, now))
        self.detail.show_actions(self._actions(found))

    def _actions(self, found: Breach) -> list[DetailAction]:
        if found.closed_at is not None:
            return []
        bare = _("Isi upaya penanganan dan pemulihan dulu.") if found.lacks else ""
        letters = (
            (NoticeRecipient.SUBJECTS, _("Surat kepada subjek data")),
            (NoticeRecipient.AGENCY, _("Surat kepada lembaga")),
        )
        first, last = ("primary" if found.lacks else ""), ("primary" if found.is_told else "")
        told = DetailAction("told", _("Sudah dikirim …"), "send", "", bare, lambda: self._told(found).open())
        return [
            DetailAction(
                "describe", _("Lengkapi …"), "pen-line", first, do=lambda: self._describe(found).open()
            ),
            *(
                DetailAction(whom, text, "file-text", "", bare, partial(self._write_letter, found, whom))
                for whom, text in letters
            ),
            *(() if found.is_told else (told,)),
            DetailAction("close", _("Tutup …"), "check", last, do=lambda: self._close(found).open()),
        ]

    def _write_letter(self, found: Breach, whom: NoticeRecipient) -> None:
        made = partial(read_letter, found.id, whom)
        self.host.perform(partial(write_pdf, made), told=_("Tersimpan: {label}"))

    def _what_happened(self) -> tuple[TextField, ...]:
        asked = (
            ("what", _("Apa yang terjadi")),
            ("happened", _("Kapan dan bagaimana")),
            ("data", _("Data pribadi yang terungkap")),
        )
        return tuple(TextField(self.theme, name, label, required=True, rows=2) for name, label in asked)

    def _record(self) -> FormBox:
        return FormBox(
            self.host,
            _("Insiden data pribadi"),
            (
                *self._what_happened(),
                since_fields(self.host, _("Diketahui tanggal")),
            ),
            command=lambda values: RecordBreach(**with_stamp(self.host, values, "known_at")),
            check=require_both,
            draft=self.host.draft("breach"),
            verb=_("Catat"),
            told=_("Insiden tercatat. Pemberitahuan tertulis paling lambat 3×24 jam."),
            words=_(
                "Waktu berjalan sejak diketahui, juga malam dan hari libur. Kosongkan tanggal dan jam bila"
                " baru saja diketahui."
            ),
            icon=("shield", "amber"),
        )

    def _describe(self, found: Breach) -> FormBox:
        names = ("what", "happened", "data", "persons", "handling", "recovery", "contact")
        return FormBox(
            self.host,
            _("Lengkapi insiden {number}").format(number=found.number),
            (
                *self._what_happened(),
                NumberField(self.theme, "persons", _("Jumlah orang"), least=0, most=10_000_000),
                TextField(self.theme, "handling", _("Upaya penanganan"), rows=2),
                TextField(self.theme, "recovery", _("Upaya pemulihan"), rows=2),
                LineField(self.theme, "contact", _("Kontak untuk pertanyaan"), most=200),
            ),
            command=lambda values: DescribeBreach(breach_id=found.id, **values),
            verb=_("Simpan"),
            told=_("Insiden dilengkapi."),
            draft=self.host.draft("breach-describe", found.id),
            icon=("pen-line", "teal"),
            known={name: getattr(found, name) for name in names},
        )

    def _told(self, found: Breach) -> FormBox:
        left = [(whom, whom.word) for whom in NoticeRecipient if found.told_at(whom) is None]
        return FormBox(
            self.host,
            _("Pemberitahuan tertulis sudah dikirim"),
            (
                RadioField(self.theme, "whom", _("Kepada"), left, required=True),
                LineField(self.theme, "how", _("Cara dan bukti pengiriman"), required=True, most=200),
            ),
            command=lambda values: NoteBreachNotice(breach_id=found.id, **values),
            verb=_("Catat"),
            told=_("Pemberitahuan tercatat."),
            draft=self.host.draft("breach-told", found.id),
            icon=("send", "blue"),
        )

    def _close(self, found: Breach) -> FormBox:
        return FormBox(
            self.host,
            _("Tutup insiden {number}").format(number=found.number),
            (
                TextField(self.theme, "lesson", _("Perbaikan agar tidak terulang"), required=True),
                TickField(self.theme, "unfounded", _("Ternyata tidak ada data pribadi yang terungkap")),
            ),
            command=lambda values: CloseBreach(breach_id=found.id, **values),
            verb=_("Tutup insiden"),
            told=_("Insiden ditutup."),
            draft=self.host.draft("breach-close", found.id),
            icon=("shield-check", "teal"),
        )


def read_letter(breach_id: int, whom: NoticeRecipient, office: Office, _actor: Actor) -> Sheet:
    return office.read(lambda tx: breach_letter(tx, breach_id, whom, office.clock()))
