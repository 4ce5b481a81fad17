"""The answer bank over a case: search, read, use; write a new answer or mend one."""

from functools import partial

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.cases.answer_bank import Faq
from ult_desktop.core.cases.commands import (
    AddFaq,
    EditFaq,
    RetireFaq,
    UseFaq,
)
from ult_desktop.ui.counter.cases.reading import search_answers
from ult_desktop.ui.counter.pages.form_box import FormBox
from ult_desktop.ui.counter.pages.list_box import ListBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.forms.form_area import Fields
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.text_field import TextField
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.lists.rows import ListRow
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.note import Note

ICON = ("library", "blue")


class AnswerBankBox(ListBox):
    """Common questions and their answers; for a case it begins with what could answer it.

    Args:
        desk: the officer's.
        case_id: the case that the answer is for; None only to keep the bank.
        about: what the case is about.
    """

    def __init__(self, desk: PageHost, case_id: int | None = None, about: str = "") -> None:
        empty = (_("Belum ada jawaban yang cocok."), "library")
        rows = RecordList(desk.theme, _("Cari pertanyaan …"), empty=empty, own_search=False)
        super().__init__(desk, _("Bank jawaban"), ICON, rows)
        self._case_id, self._about, self._text = case_id, about, ""
        self._known: dict[object, Faq] = {}
        self.answer = Note(desk.theme, "info")
        self.words.addWidget(self.answer)
        rows.searched.connect(self._search)
        rows.chosen.connect(self._show_answer)
        rows.opened.connect(lambda _faq_id: self._use())
        if desk.actor.may(Permission.ANSWER_ESCALATIONS):
            self.add = self.add_act(_("Tambah"), "plus", self._add, about_row=False)
            self.edit = self.add_act(_("Ubah"), "pen-line", self._edit)
            self.retire = self.add_act(_("Hapus"), "x", self._retire)
        if case_id is not None:
            self.use = self.add_act(_("Pakai jawaban ini"), "check", self._use, "primary")

    @override
    def refresh(self) -> None:
        self.desk.read(partial(search_answers, self._text, self._about), self._show)

    def _search(self, text: str) -> None:
        self._text = text
        self.refresh()

    def _show(self, found: tuple[Faq, ...]) -> None:
        self._known = {each.id: each for each in found}
        self.rows.show_rows([_row(each) for each in found])
        self._show_answer(self.rows.selected)

    def _show_answer(self, faq_id: object) -> None:
        known = self._known.get(faq_id)
        self.answer.say(known.answer if known else "")

    def _use(self) -> None:
        known = self._known.get(self.rows.selected)
        if known is not None and self._case_id is not None:
            ask = UseFaq(case_id=self._case_id, faq_id=known.id)
            self.desk.perform(ask, self._used, told=_("Jawaban siap disampaikan."))

    def _used(self, _case: object) -> None:
        self.accept()

    def _add(self) -> None:
        FormBox(
            self.desk,
            _("Jawaban baru"),
            _fields(self.theme),
            ask=lambda values: AddFaq(**values),
            verb=_("Simpan"),
            told=_("Tersimpan di bank jawaban."),
            icon=ICON,
            draft=self.desk.draft("faq"),
        ).open()

    def _edit(self) -> None:
        known = self._known[self.rows.selected]
        box = FormBox(
            self.desk,
            _("Ubah jawaban"),
            _fields(self.theme),
            ask=lambda values: EditFaq(faq_id=known.id, service_id=known.service_id, **values),
            verb=_("Simpan"),
            told=_("Jawaban diperbarui."),
            icon=ICON,
        )
        box.form.show_values({"question": known.question, "answer": known.answer, "tags": known.tags})
        box.open()

    def _retire(self) -> None:
        ask = RetireFaq(faq_id=self._known[self.rows.selected].id)
        yes = (_("Hapus"), lambda: self.desk.perform(ask, told=_("Dihapus dari bank jawaban.")))
        words = _("Permohonan yang memakainya tetap menyimpan jawabannya.")
        dialogs.ask(self, self.theme, _("Hapus jawaban ini dari bank?"), words, yes)


def _row(each: Faq) -> ListRow:
    used = _("dipakai {n} kali").format(n=each.used) if each.used else ""
    return ListRow(
        id=each.id, title=each.question, subtitle=each.answer, aside=used, icon="library", tint="blue"
    )


def _fields(theme: Theme) -> Fields:
    return (
        LineField(theme, "question", _("Pertanyaan"), required=True),
        TextField(theme, "answer", _("Jawaban"), required=True, rows=5),
        LineField(theme, "tags", _("Kata kunci"), hint=_("misalnya tunjangan, dapodik")),
    )
