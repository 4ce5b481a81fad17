"""The office's lists behind cases: answer bank, classes of complaints, excluded information."""

from collections.abc import Callable, Sequence

from typing_extensions import override

from ult_desktop.base import _, counted, pgettext
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases import answer_bank as case_answer_bank, commands
from ult_desktop.db.cases import answer_bank, boards
from ult_desktop.ui.counter.pages import FormBox, ListBox, PageHost
from ult_desktop.ui.kit import Theme, dialogs, forms, lists, panels
from ult_desktop.ui.kit.forms.form import Fields

ICON = ("library", "blue")
UseAnswer = Callable[[case_answer_bank.Faq, "AnswerBankBox"], object]


class AnswerBankBox(ListBox[case_answer_bank.Faq]):
    """The box of common questions and their answers.

    Args:
        host: access to the office for the signed-in officer.
        about: the question that an answer is wanted for; answers that could fit come first.
        use: gets the chosen answer and this box; None if the officer only edits the bank.
    """

    def __init__(self, host: PageHost, about: str = "", use: UseAnswer | None = None) -> None:
        empty = (_("Belum ada jawaban yang cocok."), "library")
        rows = lists.RecordList(host.theme, _("Cari pertanyaan …"), empty=empty, own_search=False)
        super().__init__(host, _("Bank jawaban"), ICON, rows)
        self._about, self._text = about, ""
        self.answer = panels.Note(host.theme, "info")
        self.add_part(self.answer)
        rows.searched.connect(self._search)
        rows.chosen.connect(self._show_answer)
        if host.actor.may(Permission.ANSWER_ESCALATIONS):
            self.new_button = self.add_act(_("Tambah"), "plus", self._add, about_row=False)
            self.edit_button = self.add_act(_("Ubah"), "pen-line", self._edit)
            self.retire_button = self.add_act(_("Hapus"), "x", self._retire)
        if use is not None:
            self.use_button = self.add_act(
                _("Pakai jawaban ini"), "check", lambda: use(self.chosen, self), "primary", opens_row=True
            )

    @override
    def refresh(self) -> None:
        text, about = self._text, self._about
        self.host.read(
            lambda office: office.read(lambda tx: boards.answers_for(tx, text, about)), self.show_records
        )

    def _search(self, text: str) -> None:
        self._text = text
        self.refresh()

    @override
    def row_of(self, record: case_answer_bank.Faq) -> lists.ListRow:
        used = counted("dipakai {n} kali", record.used) if record.used else ""
        return lists.ListRow(
            record.id, record.question, record.answer, aside=used, icon="library", tint="blue"
        )

    @override
    def show_records(self, records: Sequence[case_answer_bank.Faq]) -> None:
        super().show_records(records)
        self._show_answer(self.rows.selected)

    def _show_answer(self, faq_id: object) -> None:
        faq = self.records.get(faq_id)
        self.answer.say(faq.answer if faq else "")

    def _add(self) -> None:
        FormBox(
            self.host,
            _("Jawaban baru"),
            _fields(self.theme),
            command=lambda values: commands.AddFaq(**values),
            message=_("Tersimpan di bank jawaban."),
            icon=ICON,
            draft=self.host.draft("faq"),
        ).open()

    def _edit(self) -> None:
        faq = self.chosen
        FormBox(
            self.host,
            _("Ubah jawaban"),
            _fields(self.theme),
            command=lambda values: commands.EditFaq(faq_id=faq.id, service_id=faq.service_id, **values),
            message=_("Jawaban diperbarui."),
            icon=ICON,
            known={"question": faq.question, "answer": faq.answer, "tags": faq.tags},
            edits=True,
        ).open()

    def _retire(self) -> None:
        command = commands.RetireFaq(faq_id=self.chosen.id)
        yes = (_("Hapus"), lambda: self.host.perform(command, message=_("Dihapus dari bank jawaban.")))
        words = _("Permohonan yang memakainya tetap menyimpan jawabannya.")
        dialogs.ask(self, self.theme, _("Hapus jawaban ini dari bank?"), words, yes)


def _fields(theme: Theme) -> Fields:
    return (
        forms.LineField(theme, "question", _("Pertanyaan"), required=True),
        forms.TextField(theme, "answer", _("Jawaban"), required=True, rows=5),
        forms.LineField(theme, "tags", _("Kata kunci"), hint=_("misalnya tunjangan, dapodik")),
    )


MAX_DAYS = 60
CLASS_ICON, GROUND_ICON = ("megaphone", "orange"), ("lock", "slate")


class ComplaintClassesBox(ListBox[case_answer_bank.ComplaintClass]):
    """The box of complaint classes, each with the working days in which it is settled (SP4N-LAPOR)."""

    def __init__(self, host: PageHost) -> None:
        empty = (_("Belum ada jenis pengaduan."), "megaphone")
        rows = lists.RecordList(host.theme, _("Cari jenis …"), empty=empty)
        super().__init__(host, pgettext("many", "Jenis pengaduan"), CLASS_ICON, rows)
        self.new_button = self.add_act(_("Tambah"), "plus", lambda: self._open_form(None), about_row=False)
        self.edit_button = self.add_act(
            _("Ubah"), "pen-line", lambda: self._open_form(self.chosen), opens_row=True
        )
        self.retire_button = self.add_act(_("Hapus"), "x", self._retire)

    @override
    def refresh(self) -> None:
        self.host.read(lambda office: office.read(answer_bank.complaint_classes), self.show_records)

    @override
    def row_of(self, record: case_answer_bank.ComplaintClass) -> lists.ListRow:
        days = counted("{n} hari kerja", record.days)
        return lists.ListRow(
            record.key, record.name, days, icon="megaphone", tint="orange", search=record.key
        )

    def _open_form(self, record: case_answer_bank.ComplaintClass | None) -> None:
        """Open the form of a class; None: of a new one."""
        key = forms.LineField(self.theme, "key", _("Kode"), required=True, most=40, hint=_("misalnya biasa"))
        fields = (
            key,
            forms.LineField(self.theme, "name", _("Nama jenis"), required=True),
            forms.NumberField(
                self.theme,
                "days",
                _("Diselesaikan dalam (hari kerja)"),
                required=True,
                least=1,
                most=MAX_DAYS,
            ),
        )
        key.set_shown(record is None)
        FormBox(
            self.host,
            _("Jenis pengaduan"),
            fields,
            command=lambda values: commands.SetComplaintDays(
                **(values if record is None else {**values, "key": record.key})
            ),
            message=_("Jenis pengaduan tersimpan."),
            icon=CLASS_ICON,
            known={"name": record.name, "days": record.days} if record else None,
            edits=record is not None,
        ).open()

    def _retire(self) -> None:
        record = self.chosen
        seen = {"name": record.name, "days": record.days}
        command = commands.SetComplaintDays(key=record.key, name=record.name, days=0, seen=seen)  # 0: retired
        yes = (_("Hapus"), lambda: self.host.perform(command, message=_("Jenis pengaduan dihapus.")))
        words = _("Pengaduan yang sudah tercatat tetap seperti adanya.")
        dialogs.ask(self, self.theme, _("Hapus jenis {name}?").format(name=record.name), words, yes)


class ExclusionsBox(ListBox[case_answer_bank.LegalBasis]):
    """The box of the office's excluded information. Only PPID decides on it, after a uji konsekuensi."""

    def __init__(self, host: PageHost) -> None:
        empty = (_("Belum ada informasi yang dikecualikan."), "lock")
        rows = lists.RecordList(host.theme, _("Cari informasi atau dasar hukum …"), empty=empty)
        super().__init__(host, _("Informasi yang dikecualikan"), GROUND_ICON, rows)
        self.new_button = self.add_act(_("Tambah"), "plus", lambda: self._open_form(None), about_row=False)
        self.edit_button = self.add_act(
            _("Ubah"), "pen-line", lambda: self._open_form(self.chosen), opens_row=True
        )
        self.retire_button = self.add_act(_("Akhiri"), "x", self._retire)

    @override
    def refresh(self) -> None:
        self.host.read(lambda office: office.read(answer_bank.legal_bases), self.show_records)

    @override
    def row_of(self, record: case_answer_bank.LegalBasis) -> lists.ListRow:
        return lists.ListRow(
            record.key, record.title, record.law, aside=record.key, icon="lock", tint="slate"
        )

    def _open_form(self, ground: case_answer_bank.LegalBasis | None) -> None:
        """Open the form of a ground; None: of a new one."""
        key = forms.LineField(self.theme, "key", _("Kode"), required=True, most=40)
        fields = (
            key,
            forms.TextField(self.theme, "title", _("Informasi yang dikecualikan"), required=True, rows=2),
            forms.LineField(
                self.theme, "law", _("Dasar hukum"), required=True, hint=_("UU 14/2008 Pasal 17 …")
            ),
        )
        key.set_shown(ground is None)
        FormBox(
            self.host,
            _("Informasi yang dikecualikan"),
            fields,
            command=lambda values: commands.AddGround(
                **(values if ground is None else {**values, "key": ground.key})
            ),
            message=_("Tersimpan dalam daftar."),
            icon=GROUND_ICON,
            draft=self.host.draft("ground", ground.key if ground else ""),
            words=_("Hanya setelah uji konsekuensi."),
            known={"title": ground.title, "law": ground.law} if ground else None,
            edits=ground is not None,
        ).open()

    def _retire(self) -> None:
        command = commands.RetireGround(key=self.chosen.key)
        yes = (_("Akhiri"), lambda: self.host.perform(command, message=_("Pengecualian diakhiri.")))
        words = _("Permohonan yang memakainya tetap menyimpan dasarnya.")
        dialogs.ask(self, self.theme, _("Akhiri pengecualian ini?"), words, yes)
