"""The page Pengaturan: closures, Ramadan hours, extra working days, and the words on the screens."""

from functools import partial

from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office import edits
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.ui.counter.office import setting_boxes as boxes
from ult_desktop.ui.counter.office import settings_words as words
from ult_desktop.ui.counter.office.setting_boxes import Edit, SettingsChange, change, read_settings
from ult_desktop.ui.counter.office.settings_words import (
    CLOSURE,
    EXTRA,
    HOLIDAY,
    RAMADAN,
    TEXT,
    UNIT,
    SettingsEntry,
    settings_entries,
)
from ult_desktop.ui.counter.pages.list_page import ListPage
from ult_desktop.ui.kit.actions_row import DetailAction
from ult_desktop.ui.kit.panels import Note
from ult_desktop.ui.kit.widgets.button import Button


class SettingsPage(ListPage[SettingsEntry]):
    """Enter changes what is chosen, Del takes it away, Ctrl+Z takes back what was done last."""

    name = "settings"
    icon_name = "settings"
    group = "quality"
    needs = frozenset({Permission.SET_OFFICE})

    @classmethod
    @override
    def title(cls) -> str:
        return _("Pengaturan")

    @override
    def build(self) -> None:
        self._settings: OfficeSettings | None = None
        self._last: SettingsChange | None = None
        self.note = Note(self.theme, "ok")
        self.body.addWidget(self.note)
        self.add_list(
            _("Cari tanggal, alasan …"),
            words.filters(),
            (_("Tidak ada apa-apa di sini."), "calendar-days"),
            (_("Pilih yang hendak diubah."), "settings"),
        )
        self.close_office = self.add_head_button(
            Button(self.theme, _("Tutup kantor …"), "primary", "calendar-x")
        )
        self.work = self.add_head_button(Button(self.theme, _("Hari kerja …"), "", "calendar-check"))
        self.fast = self.add_head_button(Button(self.theme, _("Ramadan …"), "", "moon"))
        self._wire()

    def _wire(self) -> None:
        self.close_office.clicked.connect(self._close_office)
        self.work.clicked.connect(self._work)
        self.fast.clicked.connect(self._fast)
        self.list.opened.connect(self._open)
        self.note.answered.connect(self._take_back)
        self.key("Ctrl+N", self._close_office)
        self.key("Del", self._drop_chosen)
        self.key("Ctrl+Z", self._take_back)

    @override
    def refresh(self) -> None:
        self.fetch(read_settings, self._show)

    def _show(self, settings: OfficeSettings) -> None:
        found = settings_entries(settings, self.host.now().date())
        self._settings = settings
        self.show_records(found, [words.row_of(entry, settings) for entry in found])

    @override
    def show_record(self, found: SettingsEntry) -> None:
        if self._settings is None:
            return
        about = f"{words.subtitle_of(found, self._settings)}\n{words.meaning_of(found)}"
        self.detail.show_head(words.title_of(found), about)
        self.detail.show_facts(words.facts_of(found, self._settings))
        self.detail.show_actions(self._actions(found))

    def _actions(self, entry: SettingsEntry) -> list[DetailAction]:
        edit = DetailAction("edit", _("Ubah …"), "pen-line", "primary", do=partial(self._edit, entry))
        drop = DetailAction("drop", _("Hapus"), "x", "danger", do=partial(self._drop, entry))
        if entry.kind == HOLIDAY:
            keep = partial(self._keep_open, entry)
            return [DetailAction("work", _("Kantor tetap buka"), "calendar-check", do=keep)]
        if entry.kind == EXTRA:
            return [drop]
        return [edit] if entry.day is None else [edit, drop]

    def _open(self, row: object) -> None:
        """What the first button of the chosen one does."""
        entry = self.chosen
        if entry is not None and entry.id == row:
            first = {HOLIDAY: self._keep_open, EXTRA: self._drop}.get(entry.kind, self._edit)
            first(entry)

    def _drop_chosen(self) -> None:
        if self.chosen is not None and self.chosen.kind != HOLIDAY:
            self._drop(self.chosen)

    def _drop(self, entry: SettingsEntry) -> None:
        """Words stay: only a day can be taken away."""
        if entry.closure is not None:
            edit: Edit = partial(edits.drop_closure, old=entry.closure)
        elif entry.period is not None:
            edit = partial(edits.drop_ramadan, old=entry.period)
        elif entry.day is not None:
            edit = partial(edits.drop_working_day, day=entry.day)
        else:
            return
        self._change(edit, _("{title} dihapus.").format(title=words.title_of(entry)))

    def _keep_open(self, entry: SettingsEntry) -> None:
        if entry.day is not None:
            told = _("Kantor tetap buka pada {title}.").format(title=words.title_of(entry))
            self._change(partial(edits.add_working_day, day=entry.day), told)

    def _edit(self, entry: SettingsEntry) -> None:
        if self._settings is None:
            return
        then = partial(self._done, _("{title} diubah.").format(title=words.title_of(entry)))
        settings = self._settings
        make = {
            TEXT: lambda: boxes.text_box(self.host, then, settings.running_text),
            UNIT: lambda: boxes.unit_box(self.host, then, settings.cases.related_unit),
            CLOSURE: lambda: boxes.closing_box(self.host, then, entry.closure),
            RAMADAN: lambda: boxes.ramadan_box(self.host, then, entry.period),
        }
        make[entry.kind]().open()

    def _close_office(self) -> None:
        boxes.closing_box(self.host, partial(self._done, _("Hari tutup dicatat.")), None).open()

    def _fast(self) -> None:
        boxes.ramadan_box(self.host, partial(self._done, _("Jam Ramadan dicatat.")), None).open()

    def _work(self) -> None:
        if self._settings is not None:
            then = partial(self._done, _("Hari kerja tambahan dicatat."))
            boxes.working_box(self.host, then, self._settings).open()

    def _change(self, edit: Edit, told: str) -> None:
        self.host.perform(partial(change, edit), partial(self._done, told))

    def _done(self, told: str, changed: SettingsChange) -> None:
        """Said above the list, with the way back; what is new is chosen, and the keyboard is in the list."""
        self._last = changed
        self.note.say(told, _("Urungkan"))
        today = self.host.now().date()
        before = settings_entries(changed.before, today)
        new = [entry.id for entry in settings_entries(changed.after, today) if entry not in before]
        self.list.choose(new[0] if new else self.list.selected)
        self.list.view.setFocus()

    def _take_back(self) -> None:
        last, self._last = self._last, None
        self.note.hide()
        if last is not None:
            edit = partial(edits.revert, before=last.before, after=last.after)
            self.host.perform(partial(change, edit), told=_("Perubahan diurungkan."))
