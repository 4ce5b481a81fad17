"""The saving of settings: show what would change, save it in one event, and offer to undo it."""

import re
from collections.abc import Callable, Iterable
from functools import partial

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.office import edits, text
from ult_desktop.core.office.template import WEEKDAYS, OfficeTemplate
from ult_desktop.operations.office.deadlines import moved_words
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_changes import NO_CHOICE, OfficeEdit, plan_edit
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.pages.conflict_box import AnswerPair, ConflictBox
from ult_desktop.ui.counter.settings.setting import Setting, SettingRows, every_setting, value_words
from ult_desktop.ui.kit import detail, dialogs, forms, panels
from ult_desktop.ui.office_link.link import Job

_WHERE = re.compile(r"(?P<part>\w+)(?:\[(?P<row>.*)\])?(?:\.(?P<key>.+))?")


class Wording:
    """The words for the keys of a document that a group's form can change.

    Args:
        settings: those of the form.
        list_name: where the form edits a row of one of the document's lists, the name of that list.
        row_word: what a row of that list is called.
    """

    def __init__(self, settings: SettingRows = (), list_name: str = "", row_word: str = "") -> None:
        prefix = f"{list_name}." if list_name else ""
        self._settings = {f"{prefix}{setting.key}": setting for setting in every_setting(settings)}
        self._list_name, self._row_word = list_name, row_word

    def fact(self, change: text.Change) -> detail.Fact:
        """Return the name of a changed key with its value before and after."""
        pair = self.answer_pair(change)
        return detail.Fact(pair.label, f"{pair.theirs} → {pair.mine}")

    def answer_pair(self, change: text.Change) -> AnswerPair:
        """Return the name of a changed key, its value before (`theirs`) and after (`mine`), in words."""
        keys = re.sub(r"\[.*\]", "", change.where).split(".")
        # The longest known key: "hours.monday" belongs to the setting "hours".
        candidates = (".".join(keys[:length]) for length in range(len(keys), 0, -1))
        setting = next((self._settings[key] for key in candidates if key in self._settings), None)
        before, after = (_value_words(value, setting) for value in (change.before, change.after))
        return AnswerPair(change.where, self._label(change.where, setting), before, after)

    def _label(self, where: str, setting: Setting | None) -> str:
        """Return the words for a place in the document, such as "services[3].name.en"."""
        match = _WHERE.fullmatch(where)
        part, row = (match["part"], match["row"]) if match else (where, None)
        last_key = where.rpartition(".")[2]
        words = setting.words if setting is not None else ""
        if last_key in WEEKDAYS:
            words = ", ".join(filter(None, (words, formats.weekday_name(WEEKDAYS.index(last_key)))))
        if last_key == "en":
            words = _("{label} (Inggris)").format(label=words)
        is_list = bool(self._list_name) and part == self._list_name
        row_words = " ".join(filter(None, (self._row_word if is_list else "", row)))
        if row is None and not words:
            words = _("urutan") if is_list else where
        return ": ".join(filter(None, (row_words, words)))


def _value_words(text_value: str, setting: Setting | None) -> str:
    """Return a value, as the document spells it, in the words of its setting; "–" for an empty one."""
    value = {"true": True, "false": False}.get(text_value, text_value)
    options = [(str(option), words) for option, words in setting.options] if setting is not None else []
    return value_words(value, options) or "–"


_WIDE = 640  # base pixels


class DifferenceBox(dialogs.Box):
    """The box that asks before a save. It shows a line for each changed key: old → new."""

    def __init__(
        self, host: PageHost, facts: Iterable[detail.Fact], save: Callable[[], object], words: str = ""
    ) -> None:
        super().__init__(host.window, host.theme, _("Simpan perubahan ini?"), ("save", "blue"))
        self.facts = detail.Facts(host.theme)
        self.facts.show_facts(tuple(facts))
        self.say(words)
        self.words.addWidget(self.facts)
        self.add_button(_("Kembali"), "quiet", lambda: None)
        self.add_button(_("Simpan"), "primary", save).setFocus()
        self.setMinimumWidth(min(host.theme.px(_WIDE), host.window.width()))


class OfficeSaver:
    """The saver of the office's document: it saves changes, and undoes the last one.

    Args:
        host: the officer's.
        note: shows that a change was saved, with a button that undoes it.

    The owner sets `wording`: the words of the keys that may change.
    """

    def __init__(self, host: PageHost, note: panels.Note) -> None:
        self._host, self._note, self.wording = host, note, Wording()
        self._last_edit: OfficeEdit | None = None
        note.answered.connect(self.undo)

    def offer(
        self,
        form: forms.Form,
        seen: OfficeTemplate,
        wanted: OfficeTemplate,
        then: Callable[[OfficeTemplate], object],
        choice: edits.Choice = NO_CHOICE,
    ) -> None:
        """Show what would change from `seen` to `wanted`, and save it when the officer agrees.

        `then` gets the saved document. A refusal is shown in `form`. Where somebody else has changed the same
        key, the officer chooses one of both values. `choice` holds their choices so far: by key whether their
        own value is taken.
        """
        form.set_busy(busy=True)

        def refused(error: UserError) -> None:
            if isinstance(error, edits.Clash):
                form.set_busy(busy=False)
                pairs = [self.wording.answer_pair(change) for change in error.changes]
                box = ConflictBox(self._host.window, self._host.theme, pairs)
                box.chosen.connect(
                    lambda is_mine: self.offer(form, seen, wanted, then, {**choice, **is_mine})
                )
                box.open()
            else:
                refuse_in(form, error)

        change = partial(_change, seen, wanted, choice)
        show = partial(self._show, form, refused, then, change)
        self._host.perform(partial(_plan, seen, wanted, choice), show, refused=refused)

    def _show(
        self,
        form: forms.Form,
        refused: Callable[[UserError], object],
        then: Callable[[OfficeTemplate], object],
        change: Job[OfficeEdit],
        edit: OfficeEdit,
    ) -> None:
        form.set_busy(busy=False)
        facts = [self.wording.fact(change) for change in text.differences(edit.before, edit.after)]
        if not facts:
            self._host.tell(_("Tidak ada yang berubah."))
            return

        def save() -> None:
            form.set_busy(busy=True)
            self._host.perform(change, partial(self._on_saved, then), refused=refused)

        DifferenceBox(self._host, facts, save, "\n".join(moved_words(edit.moved))).open()

    def _on_saved(self, then: Callable[[OfficeTemplate], object], edit: OfficeEdit) -> None:
        self._last_edit = edit
        self._note.say(_("Tersimpan, dan berlaku di semua stasiun."), _("Urungkan"))
        then(edit.after)

    def undo(self) -> None:
        """Undo the change that was saved last with this saver."""
        last, self._last_edit = self._last_edit, None
        self._note.hide()
        if last is not None:
            job = partial(_change, last.after, last.before, NO_CHOICE)
            self._host.perform(job, message=_("Perubahan diurungkan."))


def refuse_in(form: forms.Form, error: UserError) -> None:
    """Show in the form why it was refused, and let the officer send it again."""
    form.set_busy(busy=False)
    form.show_refusal(error)


def _plan(
    seen: OfficeTemplate, wanted: OfficeTemplate, choice: edits.Choice, office: Office, _actor: Actor
) -> OfficeEdit:
    """Plan the change, on the worker thread."""
    return office.read(lambda tx: plan_edit(tx, seen, wanted, office.clock(), choice))


def _change(
    seen: OfficeTemplate, wanted: OfficeTemplate, choice: edits.Choice, office: Office, actor: Actor
) -> OfficeEdit:
    """Plan the change again and make it: others may have saved while the officer looked at the plan."""
    edit = _plan(seen, wanted, choice, office, actor)
    office.perform(edit.command, actor)
    return edit
