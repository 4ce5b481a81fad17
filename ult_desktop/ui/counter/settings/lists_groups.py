"""The groups of Pengaturan that are lists: services, counters and others, a row each."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from string import ascii_uppercase
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

import msgspec
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, paths, pgettext, struct_keys
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.template import (
    CategoryTemplate,
    CounterTemplate,
    OfficeTemplate,
    PauseReason,
    ServiceTemplate,
)
from ult_desktop.core.office.text import IDENTITIES
from ult_desktop.core.queue.boards import counter_name
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.operations.office.office_changes import without_people
from ult_desktop.ui.counter.settings.form_group import OfficeGroup, is_sound
from ult_desktop.ui.counter.settings.preview import PreviewPane
from ult_desktop.ui.counter.settings.saving import Wording
from ult_desktop.ui.counter.settings.setting import WHOLE, Rows, Setting, every_setting
from ult_desktop.ui.kit import Column, Theme, forms, icons, lists, widgets
from ult_desktop.ui.kit.forms.choice_fields import Options
from ult_desktop.ui.kit.forms.drafts import FieldsReceiver
from ult_desktop.ui.kit.lists import RecordList

R = TypeVar("R", bound=msgspec.Struct)


class _RowDraft(NamedTuple):
    """A group's draft, kept with the name of its row. Loading it first chooses that row again."""

    draft: forms.Draft
    row: Callable[[], object]
    bring: Callable[[object], object]

    def load(self, then: FieldsReceiver) -> None:
        def receive(kept: forms.DraftFields) -> None:
            if kept:
                self.bring(kept.pop(_ROW, None))
            then(kept)

        self.draft.load(receive)

    def keep(self, fields: forms.DraftFields) -> None:
        self.draft.keep({**fields, _ROW: self.row()} if fields else {})

    def forget(self) -> None:
        self.draft.forget()


_ROW = ""  # the draft's key for the row: no field has this name


class RowsGroup(OfficeGroup, Generic[R]):
    """A group that is a list of the office's document.

    A subclass names the list (`part`) and its record (`kind`), and says what can be filled in (`rows`).
    `one` is what a row is called, `may_drop` whether one can be taken away, `may_move` whether order counts,
    `may_add` whether one can be made here.
    """

    needs = frozenset({Permission.MANAGE_OFFICE})
    part: ClassVar[str]
    kind: ClassVar[type[msgspec.Struct]]
    one: ClassVar["staticmethod[[], str]"]
    may_add: ClassVar[bool] = True
    may_drop: ClassVar[bool] = True
    may_move: ClassVar[bool] = True

    @abstractmethod
    def rows(self, office: OfficeTemplate) -> Rows:
        """Return the settings of a row, with the choices of the office."""

    @abstractmethod
    def row_of(self, row: R) -> lists.ListRow:
        """Return the row as the list shows it."""

    @abstractmethod
    def fresh(self, office: OfficeTemplate) -> dict[str, Any]:
        """Return the values that a new row begins with, besides its usual ones."""

    def show_preview(self, row: R) -> None:
        """Show the row as it would be after a change of the form."""

    @override
    def build(self) -> None:
        super().build()
        self._rows: Rows = ()
        self._current: object = None
        self.list = RecordList(self.theme, empty=(_("Belum ada."), self.icon_name))
        self.heading = widgets.Label("", "title", wrap=True)
        ground = QFrame()
        ground.setProperty("kind", "panel")
        self._right = Column(self.theme, ground, gap=12, margins=(20, 12, 12, 12))
        self._right.addWidget(self.heading)
        if self.sample is not None:
            self._right.addWidget(self.sample)
        self._right.addWidget(self.form, 1)
        self.show_split(self.list, ground)
        self._add_buttons()
        self.list.chosen.connect(self._choose)

    def _add_buttons(self) -> None:
        self.up = self.add_head_button("", "chevron-up", partial(self._move, -1))
        self.down = self.add_head_button("", "chevron-down", partial(self._move, 1))
        for button, words in ((self.up, _("Naikkan")), (self.down, _("Turunkan"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setVisible(self.may_move)
        self.drop = self.add_head_button(_("Hapus …"), "x", self._drop, "danger")
        self.drop.setVisible(self.may_drop)
        self.add = self.add_head_button(
            _("{row} baru").format(row=self.one()), "plus", self._begin, "primary"
        )
        self.add.setVisible(self.may_add)
        for each in (self.up, self.down, self.drop, self.add):
            each.setEnabled(False)  # until the rows are read
        if self.may_add:
            self.key("Ctrl+N", self.add.click)

    @override
    def settle(self, document: OfficeTemplate) -> None:
        """Show the document. The chosen row stays chosen; else a new row is chosen, else the first."""
        before = {self._name_of(row) for row in self._all}
        self.document = document
        self.add.setEnabled(True)
        self.list.show_rows([self.row_of(row) for row in self._all])
        names = [self._name_of(row) for row in self._all]
        new = [name for name in names if name not in before]
        if self._current is None and new:
            self._current = new[-1] if before else new[0]
        elif self._current not in names:
            self._current = names[0] if names else None
        self.list.choose(self._current)
        self._fill()

    @override
    def show_read(self, document: OfficeTemplate) -> None:
        """Show the whole office, also its officers and procedures, which a row may name."""
        rows = self.rows(document)
        if rows != self._rows and not self.is_dirty:
            self._make_form_again(rows)
        super().show_read(without_people(document))

    def _make_form_again(self, rows: Rows) -> None:
        """Make the form again, because the office has other choices now."""
        self.form.hide()
        self.form.deleteLater()
        self._rows = rows
        self.saver.wording = Wording(lists={self.part: (self.one(), rows)})
        self.form = self.make_form(rows, struct_keys.keys_of(self.kind, WHOLE))
        self._right.addWidget(self.form, 1)
        draft = self.host.draft("settings", self.name)
        if draft is not None:
            self.form.keep_in(_RowDraft(draft, lambda: self._current, self._bring_back))

    def _bring_back(self, name: object) -> None:
        """Choose the row that a draft was about. If the row is gone meanwhile, a new row is begun."""
        if not self.is_dirty:
            self._bring(name if name in map(self._name_of, self._all) else None)

    @property
    def _all(self) -> Sequence[R]:
        found: Sequence[R] = () if self.document is None else getattr(self.document, self.part)
        return found

    def _name_of(self, row: R) -> object:
        return getattr(row, IDENTITIES[self.part])

    @property
    def current(self) -> R | None:
        """The row in the form; None while a new one is being made."""
        return next((row for row in self._all if self._name_of(row) == self._current), None)

    def _fill(self) -> None:
        row = self.current
        if self.document is None:
            return
        keys = [each.key for each in every_setting(self._rows)]
        usual = {each.name: each.default for each in msgspec.structs.fields(self.kind) if not each.required}
        known = usual | self.fresh(self.document) if row is None else {key: getattr(row, key) for key in keys}
        self.form.clear()
        self.form.show_values(known)
        if (identity := IDENTITIES[self.part]) in keys:
            self.form.field(identity).editor.setEnabled(row is None)
        self.heading.setText(
            _("{row} baru").format(row=self.one()) if row is None else self.row_of(row).title
        )
        place = self._all.index(row) if row is not None else -1
        self.up.setEnabled(place > 0)
        self.down.setEnabled(0 <= place < len(self._all) - 1)
        self.drop.setEnabled(row is not None)
        self.show_sample()

    @override
    def discard(self) -> None:
        if self._current is None and self._all:
            self._current = self.list.selected
        self.form.done()
        self._fill()
        self.refresh()

    @override
    def open_subject(self, subject: object) -> None:
        self.list.choose(subject)

    def _choose(self, name: object) -> None:
        if name is not None and name != self._current:
            self.when_clean(partial(self._bring, name), partial(self.list.choose, self._current))

    def _begin(self) -> None:
        self.when_clean(partial(self._bring, None))

    def _bring(self, name: object) -> None:
        """Fill the form with the row of that name, or with a new one."""
        self._current = name
        self._fill()
        if name is not None:
            self.list.choose(name)
        else:
            self.form.setFocus()

    def _drop(self) -> None:
        row = self.current
        if row is not None:
            self.when_clean(lambda: self._offer([each for each in self._all if each is not row]))

    def _move(self, by: int) -> None:
        row = self.current
        if row is not None:
            rows = [each for each in self._all if each is not row]
            rows.insert(self._all.index(row) + by, row)
            self.when_clean(lambda: self._offer(rows))

    @override
    def submit(self) -> None:
        new, old = self._filled_in(), self.current
        rows = [*self._all, new] if old is None else [new if each is old else each for each in self._all]
        self._offer(rows)

    def _offer(self, rows: Sequence[R]) -> None:
        self.offer(lambda office: msgspec.structs.replace(office, **{self.part: tuple(rows)}))

    def _filled_in(self) -> R:
        """Return the row with what is filled in."""
        values, old = self.form.values(), self.current
        kind: type[R] = self.kind  # type: ignore[assignment]
        return kind(**values) if old is None else msgspec.structs.replace(old, **values)

    @override
    def show_sample(self) -> None:
        if self.document is not None and is_sound(
            self.form, [each.key for each in every_setting(self._rows)]
        ):
            with suppress(ValueError):
                self.show_preview(self._filled_in())


class IconField(forms.ChoiceField):
    """The field with the drawings that the program ships, each next to its name."""

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        names = sorted(path.stem for path in paths.resource("icons").glob("*.svg"))
        super().__init__(theme, name, label, [(each, each) for each in names], required=True)
        side = theme.text("body")
        self.choice.setIconSize(QSize(side, side))
        for place, each in enumerate(names):
            self.choice.setItemIcon(place, icons.icon(each, theme.color("ink"), side))


def category_options(office: OfficeTemplate) -> Options:
    return [("", _("tanpa kategori")), *((each.key, each.name.id) for each in office.categories)]


_CARD_HEIGHT = 150  # base pixels


class ServicesGroup(RowsGroup[ServiceTemplate]):
    """The services that visitors take numbers for, in the order of the kiosk's cards."""

    name, icon_name = "services", "layout-grid"
    title = staticmethod(lambda: pgettext("many", "Layanan"))
    one = staticmethod(lambda: _("Layanan"))
    part, kind = "services", ServiceTemplate

    @override
    def rows(self, office: OfficeTemplate) -> Rows:
        procedures = [("", _("tanpa prosedur")), *((each, each) for each in office.procedures)]
        officers = [(each.login, each.name) for each in office.officers]
        return (
            (Setting("prefix", _("Huruf nomor")), Setting("icon", _("Gambar"), make=IconField)),
            Setting("name", _("Nama layanan")),
            Setting("description", _("Penjelasan di kartu")),
            Setting("requirements", _("Syarat, satu tiap baris"), rows=3),
            Setting("fee", _("Biaya")),
            (
                Setting(
                    "minutes",
                    _("Lama layanan (menit)"),
                    _("Perkiraan menunggu mulai dari sini. Kosong: belum diketahui."),
                ),
                Setting("quota", _("Kuota sehari"), _("Kosong: tanpa batas.")),
            ),
            (
                Setting("days", _("Menjawab (hari kerja)"), _("Kosong: seperti kantor.")),
                Setting("seats", _("Janji tiap setengah jam"), _("Kosong: seperti kantor.")),
            ),
            (
                Setting("category", _("Kategori"), options=category_options(office)),
                Setting("procedure", _("Prosedur"), options=procedures),
            ),
            Setting(
                "archive_code",
                _("Kode klasifikasi arsip"),
                _("Seperti HM.01.02: berkas permohonannya disimpan di bawah kode itu."),
            ),
            Setting(
                "channels",
                _("Ditawarkan lewat"),
                _("Kosong: semua saluran. Tanpa tatap muka, kios tidak memberi nomor."),
                options=[(each.value, each.word) for each in VisitChannel],
            ),
            Setting("helpdesk", _("Petugas helpdesk"), options=officers),
            Setting(
                "back_office",
                _("Petugas Back Office"),
                _("Yang pertama menerima permohonan yang diteruskan tanpa nama."),
                options=officers,
            ),
            Setting("hours", _("Jam sendiri"), _("Kosong semua: mengikuti jam kantor.")),
        )

    @override
    def preview(self) -> QWidget | None:
        if self.host.previews is None:
            return None
        self.pane = PreviewPane(self.theme, "")
        self.pane.setFixedHeight(self.theme.px(_CARD_HEIGHT))
        return self.pane

    @override
    def show_preview(self, row: ServiceTemplate) -> None:
        if self.host.previews is not None:
            self.pane.show_picture(partial(self.host.previews.card, row, self.theme.contrast))

    @override
    def row_of(self, row: ServiceTemplate) -> lists.ListRow:
        minutes = counted("{n} menit", row.minutes) if row.minutes else ""
        details = row.description.id if row.description else minutes
        return lists.ListRow(
            id=row.prefix,
            title=f"{row.prefix}  {row.name.id}",
            subtitle=details,
            icon=row.icon,
            tint="blue",
            search=row.name.en,
        )

    @override
    def fresh(self, office: OfficeTemplate) -> dict[str, Any]:
        """Return the next free letter as the prefix."""
        taken = {*(each.prefix for each in office.services), office.calling.priority_series}
        return {"prefix": next((each for each in ascii_uppercase if each not in taken), "")}


class CategoriesGroup(RowsGroup[CategoryTemplate]):
    """The kiosk's tree, where there are more services than cards on a page."""

    name, icon_name = "categories", "network"
    title = staticmethod(lambda: pgettext("many", "Kategori"))
    one = staticmethod(lambda: _("Kategori"))
    part, kind = "categories", CategoryTemplate

    @override
    def rows(self, office: OfficeTemplate) -> Rows:
        above = [("", _("di halaman pertama")), *((each.key, each.name.id) for each in office.categories)]
        return (
            (
                Setting("key", _("Kunci"), _("Nama singkat, misalnya guru; tidak tampil di kios.")),
                Setting("icon", _("Gambar"), make=IconField),
            ),
            Setting("name", _("Nama kategori")),
            Setting("parent", _("Di bawah"), options=above),
        )

    @override
    def row_of(self, row: CategoryTemplate) -> lists.ListRow:
        return lists.ListRow(id=row.key, title=row.name.id, subtitle=row.key, icon=row.icon, tint="violet")

    @override
    def fresh(self, office: OfficeTemplate) -> dict[str, Any]:
        return {}


class PausesGroup(RowsGroup[PauseReason]):
    """The reasons for which a visitor leaves the desk, and how long each usually takes."""

    name, icon_name = "pauses", "pause"
    title = staticmethod(lambda: pgettext("many", "Alasan jeda"))
    one = staticmethod(lambda: _("Alasan jeda"))
    part, kind = "pauses", PauseReason

    @override
    def rows(self, office: OfficeTemplate) -> Rows:
        hint = _("Sesudah itu waktu langkah berjalan lagi dengan sendirinya.")
        return (Setting("reason", _("Alasan")), Setting("minutes", _("Lama biasanya (menit)"), hint))

    @override
    def row_of(self, row: PauseReason) -> lists.ListRow:
        duration = counted("{n} menit", row.minutes)
        return lists.ListRow(id=row.reason, title=row.reason, subtitle=duration, icon="pause", tint="amber")

    @override
    def fresh(self, office: OfficeTemplate) -> dict[str, Any]:
        return {}


class CountersGroup(RowsGroup[CounterTemplate]):
    """The counters that visitors are called to.

    None is removed, because past numbers and calls refer to it.
    """

    name, icon_name = "counters", "monitor"
    title = staticmethod(lambda: pgettext("many", "Loket"))
    one = staticmethod(lambda: _("Loket"))
    part, kind = "counters", CounterTemplate
    may_drop = may_move = False

    @override
    def rows(self, office: OfficeTemplate) -> Rows:
        services = [(each.prefix, f"{each.prefix}  {each.name.id}") for each in office.services]
        return (
            (
                Setting("number", _("Nomor loket")),
                Setting("name", _("Nama"), _("Kosong: Loket dan nomornya.")),
            ),
            Setting("serves", _("Melayani"), _("Tanpa centang: semua layanan."), options=services),
            Setting("priority", _("Loket prioritas: nomor prioritas didahulukan")),
        )

    @override
    def row_of(self, row: CounterTemplate) -> lists.ListRow:
        return lists.ListRow(
            id=row.number,
            title=counter_name(row.number, row.name),
            subtitle=", ".join(row.serves) or _("semua layanan"),
            icon="monitor",
            tags=(lists.Tag(_("prioritas"), "priority"),) if row.priority else (),
        )

    @override
    def fresh(self, office: OfficeTemplate) -> dict[str, Any]:
        return {"number": max(each.number for each in office.counters) + 1}
