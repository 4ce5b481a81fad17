"""The saving of settings: show what would change, save it in one event, and offer to take it back."""

import re
from collections.abc import Callable, Iterable, Mapping
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
from ult_desktop.ui.counter.settings.setting import Rows, Setting, every_setting, value_words
from ult_desktop.ui.kit import detail, dialogs, forms, panels
from ult_desktop.ui.office_link.link import Job

_WHERE = re.compile(r"(?P<part>\w+)(?:\[(?P<row>.*)\])?(?:\.(?P<key>.+))?")


class Wording:
    """The words of a document's keys.

    Args:
        rows: settings of the document itself.
        lists: by the name of a list what its rows are called, and their settings.
    """

    def __init__(self, rows: Rows = (), lists: Mapping[str, tuple[str, Rows]] | None = None) -> None:
        self._lists = {name: title for name, (title, _rows) in (lists or {}).items()}
        self._settings = {each.key: each for each in every_setting(rows)}
        for name, (_title, inner) in (lists or {}).items():
            self._settings |= {f"{name}.{each.key}": each for each in every_setting(inner)}

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
        found = _WHERE.fullmatch(where)
        list_name, row = (found["part"], found["row"]) if found else (where, None)
        last_key = where.rpartition(".")[2]
        words = setting.words if setting is not None else ""
        if last_key in WEEKDAYS:
            words = ", ".join(filter(None, (words, formats.weekday_name(WEEKDAYS.index(last_key)))))
        if last_key == "en":
            words = _("{label} (Inggris)").format(label=words)
        row_words = " ".join(filter(None, (self._lists.get(list_name, ""), row)))
        if row is None and not words:
            words = _("urutan") if list_name in self._lists else where
        return ": ".join(filter(None, (row_words, words)))


def _value_words(text_value: str, setting: Setting | None) -> str:
    """Return a value, as the document spells it, in the words of its setting; "–" for an empty one."""
    value = {"true": True, "false": False}.get(text_value, text_value)
    options = [(str(option), words) for option, words in setting.options] if setting is not None else []
    return value_words(value, options) or "–"


_WIDE = 640  # base pixels


class DifferenceBox(dialogs.Box):
    """The box of differences: old → new, a line for each key. Nothing is saved before the officer agrees."""

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
    """The saver of the office's document. It saves changes and takes them back.

    Args:
        host: the officer's.
        note: shows that a change was saved, with a button that takes it back.

    The owner sets `wording`: the words of the keys that may change.
    """

    def __init__(self, host: PageHost, note: panels.Note) -> None:
        self._host, self._note, self.wording = host, note, Wording()
        self._last: OfficeEdit | None = None
        note.answered.connect(self.take_back)

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
                pairs = [self.wording.answer_pair(each) for each in error.changes]
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
        facts = [self.wording.fact(each) for each in text.differences(edit.before, edit.after)]
        if not facts:
            self._host.tell(_("Tidak ada yang berubah."))
            return

        def save() -> None:
            form.set_busy(busy=True)
            self._host.perform(change, partial(self._done, then), refused=refused)

        DifferenceBox(self._host, facts, save, "\n".join(moved_words(edit.moved))).open()

    def _done(self, then: Callable[[OfficeTemplate], object], edit: OfficeEdit) -> None:
        self._last = edit
        self._note.say(_("Tersimpan, dan berlaku di semua stasiun."), _("Urungkan"))
        then(edit.after)

    def take_back(self) -> None:
        """Undo the change that was saved last with this saver."""
        last, self._last = self._last, None
        self._note.hide()
        if last is not None:
            job = partial(_change, last.after, last.before, NO_CHOICE)
            self._host.perform(job, message=_("Perubahan diurungkan."))


def refuse_in(form: forms.Form, error: UserError) -> None:
    """Say in the form what was refused, and let it be sent again."""
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
    """Plan the change again and make it: somebody may have saved while the officer looked at it."""
    edit = _plan(seen, wanted, choice, office, actor)
    office.perform(edit.command, actor)
    return edit
