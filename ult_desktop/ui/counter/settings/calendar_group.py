"""The group Hari libur: closures, Ramadan hours, extra working days."""

from functools import partial

from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office import edits, settings as office_settings
from ult_desktop.ui.counter.pages import ListGroup
from ult_desktop.ui.counter.settings import calendar_boxes as boxes, calendar_words as words
from ult_desktop.ui.kit import panels
from ult_desktop.ui.kit.detail import DetailAction


class CalendarGroup(ListGroup[words.CalendarEntry]):
    """The calendar. Enter changes the chosen entry, Del removes it, Ctrl+Z takes back the last act."""

    name, icon_name = "calendar", "calendar-days"
    needs = frozenset({Permission.SET_OFFICE})
    title = staticmethod(lambda: pgettext("many", "Hari libur"))

    @override
    def build(self) -> None:
        self._settings: office_settings.OfficeSettings | None = None
        self._last: boxes.SettingsChange | None = None
        self.note = panels.Note(self.theme, "ok")
        self.body.addWidget(self.note)
        self.add_list(
            _("Cari tanggal, alasan …"),
            words.filters(),
            (_("Tidak ada apa-apa di sini."), "calendar-days"),
            (_("Pilih yang hendak diubah."), "settings"),
        )
        self.close_office = self.add_head_button(
            _("Tutup kantor …"), "calendar-x", self._close_office, "primary"
        )
        self.work = self.add_head_button(_("Hari kerja …"), "calendar-check", self._work)
        self.work.setEnabled(False)  # the free days are in the settings, which are not read yet
        self.fast = self.add_head_button(_("Ramadan …"), "moon", self._fast)
        self._wire()

    def _wire(self) -> None:
        self.list.opened.connect(self._open)
        self.note.answered.connect(self._take_back)
        self.key("Ctrl+N", self._close_office)
        self.key("Del", self._drop_chosen)
        self.key("Ctrl+Z", self._take_back)

    @override
    def refresh(self) -> None:
        self.fetch(boxes.read_settings, self._show)

    def _show(self, settings: office_settings.OfficeSettings) -> None:
        found = words.calendar_entries(settings, self.host.now().date())
        self._settings = settings
        self.work.setEnabled(True)
        self.show_records(found, [words.row_of(entry) for entry in found])

    @override
    def show_record(self, found: words.CalendarEntry) -> None:
        about = f"{words.subtitle_of(found)}\n{words.meaning_of(found)}"
        self.detail.show_head(words.title_of(found), about)
        self.detail.show_facts(words.facts_of(found))
        self.detail.show_actions(self._actions(found))

    def _actions(self, entry: words.CalendarEntry) -> list[DetailAction]:
        edit = DetailAction("edit", _("Ubah …"), "pen-line", partial(self._edit, entry), "primary")
        drop = DetailAction("drop", _("Hapus"), "x", partial(self._drop, entry), "danger")
        if entry.kind == words.HOLIDAY:
            keep = partial(self._keep_open, entry)
            return [DetailAction("work", _("Kantor tetap buka"), "calendar-check", keep)]
        if entry.kind == words.EXTRA:
            return [drop]
        return [edit, drop]

    def _open(self, row: object) -> None:
        """Do what the first button of the chosen entry does."""
        entry = self.chosen
        if entry is not None and entry.id == row:
            first = {words.HOLIDAY: self._keep_open, words.EXTRA: self._drop}.get(entry.kind, self._edit)
            first(entry)

    def _drop_chosen(self) -> None:
        if self.chosen is not None and self.chosen.kind != words.HOLIDAY:
            self._drop(self.chosen)

    def _drop(self, entry: words.CalendarEntry) -> None:
        if entry.closure is not None:
            edit: boxes.Edit = partial(edits.drop_closure, old=entry.closure)
        elif entry.period is not None:
            edit = partial(edits.drop_ramadan, old=entry.period)
        else:
            edit = partial(edits.drop_working_day, day=entry.day)
        self._change(edit, _("{title} dihapus.").format(title=words.title_of(entry)))

    def _keep_open(self, entry: words.CalendarEntry) -> None:
        told = _("Kantor tetap buka pada {title}.").format(title=words.title_of(entry))
        self._change(partial(edits.add_working_day, day=entry.day), told)

    def _edit(self, entry: words.CalendarEntry) -> None:
        then = partial(self._done, _("{title} diubah.").format(title=words.title_of(entry)))
        if entry.period is not None:
            boxes.ramadan_box(self.host, then, entry.period).open()
        else:
            boxes.closing_box(self.host, then, entry.closure).open()

    def _close_office(self) -> None:
        boxes.closing_box(self.host, partial(self._done, _("Hari tutup dicatat.")), None).open()

    def _fast(self) -> None:
        boxes.ramadan_box(self.host, partial(self._done, _("Jam Ramadan dicatat.")), None).open()

    def _work(self) -> None:
        if self._settings is not None:
            then = partial(self._done, _("Hari kerja tambahan dicatat."))
            boxes.working_box(self.host, then, self._settings).open()

    def _change(self, edit: boxes.Edit, told: str) -> None:
        self.host.perform(partial(boxes.change, edit), partial(self._done, told))

    def _done(self, told: str, changed: boxes.SettingsChange) -> None:
        """Said above the list, with the way back; what is new is chosen, and the keyboard is in the list."""
        self._last = changed
        self.note.say(told, _("Urungkan"))
        today = self.host.now().date()
        before = words.calendar_entries(changed.before, today)
        new = [entry.id for entry in words.calendar_entries(changed.after, today) if entry not in before]
        self.list.choose(new[0] if new else self.list.selected)
        self.list.view.setFocus()

    def _take_back(self) -> None:
        last, self._last = self._last, None
        self.note.hide()
        if last is not None:
            edit = partial(edits.carry_over, seen=last.after, wanted=last.before)
            self.host.perform(partial(boxes.change, edit), told=_("Perubahan diurungkan."))
