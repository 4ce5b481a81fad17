"""The groups of Pengaturan that are lists: services, their standards, counters and others, a row each."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar

import msgspec
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _, counted, paths, pgettext, struct_keys
from ult_desktop.base.late import late
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.office.differences import IDENTITIES
from ult_desktop.core.office.standard import components_of, document_components, published_components
from ult_desktop.core.office.template import (
    CategoryTemplate,
    CounterTemplate,
    OfficeTemplate,
    PauseReason,
    ServiceTemplate,
    service_line,
)
from ult_desktop.core.queue.boards import counter_name
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.operations.evidence.papers import pledge_sheet, standard_leaflet
from ult_desktop.operations.lookup import require_service_named
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_changes import without_people
from ult_desktop.ui.counter.pages import offer_paper
from ult_desktop.ui.counter.pages.papers import save, write_document
from ult_desktop.ui.counter.settings.form_group import (
    WHOLE_TYPES,
    OfficeGroup,
    PreviewPane,
    Setting,
    SettingRows,
    Wording,
    can_be_saved,
    every_setting,
)
from ult_desktop.ui.kit import Column, Theme, forms, icons, lists, widgets
from ult_desktop.ui.kit.forms.choice_fields import Options
from ult_desktop.ui.kit.forms.drafts import FieldsReceiver
from ult_desktop.ui.kit.lists import RecordList

if TYPE_CHECKING:
    from ult_desktop.reports import wall_paper
else:
    wall_paper = late("ult_desktop.reports.wall_paper")

R = TypeVar("R", bound=msgspec.Struct)


class _RowDraft(NamedTuple):
    """A group's draft, kept with the identity of the row that it is about.

    `current_id` returns the identity of the row in the form; None for a new row. Loading the draft first
    calls `restore_row` with the identity that was kept.
    """

    draft: forms.Draft
    current_id: Callable[[], object]
    restore_row: Callable[[object], object]

    def load(self, then: FieldsReceiver) -> None:
        def receive(fields: forms.DraftFields) -> None:
            if fields:
                self.restore_row(fields.pop(_ROW, None))
            then(fields)

        self.draft.load(receive)

    def keep(self, fields: forms.DraftFields) -> None:
        self.draft.keep({**fields, _ROW: self.current_id()} if fields else {})

    def forget(self) -> None:
        self.draft.forget()


_ROW = ""  # the draft's key for the row: no field has this name


class RowsGroup(OfficeGroup, Generic[R]):
    """A group that edits a list of the office's document: the rows at the left, a form for one at the right.

    `template_field` is the list's name in `OfficeTemplate`, `row_type` the type of its rows, and `row_word`
    what a row is called on the screen. `may_add`, `may_drop` and `may_move` say whether a row can be made,
    removed or moved here.
    """

    needs = frozenset({Permission.MANAGE_OFFICE})
    template_field: ClassVar[str]
    row_type: ClassVar[type[msgspec.Struct]]
    row_word: ClassVar["staticmethod[[], str]"]
    may_add: ClassVar[bool] = True
    may_drop: ClassVar[bool] = True
    may_move: ClassVar[bool] = True

    @abstractmethod
    def settings(self, office: OfficeTemplate) -> SettingRows:
        """Return the settings that the form of a row asks for, with the choices that this office has."""

    @abstractmethod
    def row_of(self, row: R) -> lists.ListRow:
        """Return the row as the list shows it."""

    @abstractmethod
    def new_row_values(self, office: OfficeTemplate) -> dict[str, Any]:
        """Return the values that a new row begins with, besides the defaults of its type."""

    def show_filled_in(self, row: R) -> None:
        """Show what follows from the fields: `row` is as the form holds it now."""

    @override
    def build(self) -> None:
        super().build()
        self._settings: SettingRows = ()
        self._current_id: object = None
        self.list = RecordList(self.theme, empty=(_("Belum ada."), self.icon_name))
        self.heading = widgets.Label("", "title", wrap=True)
        panel = QFrame()
        panel.setProperty("kind", "panel")
        self._right = Column(self.theme, panel, gap=12, margins=(20, 12, 12, 12))
        self._right.addWidget(self.heading)
        if self.preview_pane is not None:
            self._right.addWidget(self.preview_pane)
        self._right.addWidget(self.form, 1)
        self.show_split(self.list, panel)
        self._add_buttons()
        self.list.chosen.connect(self._choose)

    def _add_buttons(self) -> None:
        self.up_button = self.add_head_button("", "chevron-up", partial(self._move, -1))
        self.down_button = self.add_head_button("", "chevron-down", partial(self._move, 1))
        for button, words in ((self.up_button, _("Naikkan")), (self.down_button, _("Turunkan"))):
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setVisible(self.may_move)
        self.drop_button = self.add_head_button(_("Hapus …"), "x", self._drop_current, "danger")
        self.drop_button.setVisible(self.may_drop)
        self.new_button = self.add_head_button(
            _("{row} baru").format(row=self.row_word()),
            "plus",
            lambda: self.when_clean(partial(self._edit_row, None)),
            "primary",
        )
        self.new_button.setVisible(self.may_add)
        for button in (self.up_button, self.down_button, self.drop_button, self.new_button):
            button.setEnabled(False)  # until the rows are read
        if self.may_add:
            self.key("Ctrl+N", self.new_button.click)

    @override
    def show_document(self, document: OfficeTemplate) -> None:
        """Show the document. The chosen row stays chosen; if none is: a row just made, else the first."""
        ids_before = {self._identity_of(row) for row in self._records}  # of the document shown until now
        self.document = document
        self.new_button.setEnabled(True)
        self.list.show_rows([self.row_of(row) for row in self._records])
        ids = [self._identity_of(row) for row in self._records]
        new = [row_id for row_id in ids if row_id not in ids_before]
        if self._current_id is None and new:
            # After the first document all rows are new; later a new row was just made, and is the last.
            self._current_id = new[-1] if ids_before else new[0]
        elif self._current_id not in ids:
            self._current_id = ids[0] if ids else None
        self.list.choose(self._current_id)
        self._fill_form()

    @override
    def show_unless_dirty(self, document: OfficeTemplate) -> None:
        """Show the document, unless the form holds changes.

        The settings of a row may offer the document's officers and procedures as choices. So the settings are
        made of the whole document, before it is shown without officers and procedures, which no form edits.
        """
        settings = self.settings(document)
        if settings != self._settings and not self.is_dirty:
            self._make_form_again(settings)
        super().show_unless_dirty(without_people(document))

    def _make_form_again(self, settings: SettingRows) -> None:
        """Make the form again, because the office offers other choices now."""
        self.form.hide()
        self.form.deleteLater()
        self._settings = settings
        self.saver.wording = Wording(settings, self.template_field, self.row_word())
        self.form = self.make_form(settings, struct_keys.keys_of(self.row_type, WHOLE_TYPES))
        self._right.addWidget(self.form, 1)
        draft = self.host.draft("settings", self.name)
        if draft is not None:
            self.form.keep_in(_RowDraft(draft, lambda: self._current_id, self._restore_row))

    def _restore_row(self, row_id: object) -> None:
        """Edit the row that a draft was about, or a new one if that row is gone meanwhile."""
        if not self.is_dirty:
            self._edit_row(row_id if row_id in map(self._identity_of, self._records) else None)

    @property
    def _records(self) -> Sequence[R]:
        records: Sequence[R] = () if self.document is None else getattr(self.document, self.template_field)
        return records

    def _identity_of(self, row: R) -> object:
        return getattr(row, IDENTITIES[self.template_field])

    @property
    def current(self) -> R | None:
        """The row in the form; None while a new one is being made."""
        return next((row for row in self._records if self._identity_of(row) == self._current_id), None)

    def _fill_form(self) -> None:
        row = self.current
        if self.document is None:
            return
        keys = [setting.key for setting in every_setting(self._settings)]
        if row is not None:
            values = {key: getattr(row, key) for key in keys}
        else:
            fields = msgspec.structs.fields(self.row_type)
            defaults = {field.name: field.default for field in fields if not field.required}
            values = defaults | self.new_row_values(self.document)
        self.form.clear()
        self.form.show_values(values)
        if (identity := IDENTITIES[self.template_field]) in keys:
            self.form.field(identity).editor.setEnabled(row is None)
        self.heading.setText(
            _("{row} baru").format(row=self.row_word()) if row is None else self.row_of(row).title
        )
        index = self._records.index(row) if row is not None else -1
        self.up_button.setEnabled(index > 0)
        self.down_button.setEnabled(0 <= index < len(self._records) - 1)
        self.drop_button.setEnabled(row is not None)
        self.update_preview()

    @override
    def discard(self) -> None:
        if self._current_id is None and self._records:
            self._current_id = self.list.selected
        self.form.done()
        self._fill_form()
        self.refresh()

    @override
    def open_subject(self, subject: object) -> None:
        self.list.choose(subject)

    def _choose(self, row_id: object) -> None:
        if row_id is not None and row_id != self._current_id:
            self.when_clean(partial(self._edit_row, row_id), partial(self.list.choose, self._current_id))

    def _edit_row(self, row_id: object) -> None:
        """Fill the form with the row of that identity; None: with a new row."""
        self._current_id = row_id
        self._fill_form()
        if row_id is not None:
            self.list.choose(row_id)
        else:
            self.form.setFocus()

    def _drop_current(self) -> None:
        row = self.current
        if row is not None:
            self.when_clean(lambda: self._offer([other for other in self._records if other is not row]))

    def _move(self, steps: int) -> None:
        row = self.current
        if row is not None:
            rows = [other for other in self._records if other is not row]
            rows.insert(self._records.index(row) + steps, row)
            self.when_clean(lambda: self._offer(rows))

    @override
    def submit(self) -> None:
        new, old = self._row_filled_in(), self.current
        if old is None:
            self._offer([*self._records, new])
        else:
            self._offer([new if row is old else row for row in self._records])

    def _offer(self, rows: Sequence[R]) -> None:
        self.offer(lambda office: msgspec.structs.replace(office, **{self.template_field: tuple(rows)}))

    def _row_filled_in(self) -> R:
        """Return the row as the form holds it."""
        values, old = self.form.values(), self.current
        row_type: type[R] = self.row_type  # type: ignore[assignment]
        return row_type(**values) if old is None else msgspec.structs.replace(old, **values)

    @override
    def update_preview(self) -> None:
        if self.document is not None and can_be_saved(
            self.form, [setting.key for setting in every_setting(self._settings)]
        ):
            with suppress(ValueError):
                self.show_filled_in(self._row_filled_in())


class IconField(forms.ChoiceField):
    """The choice of an icon that the program ships: each drawing next to its name."""

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        names = sorted(path.stem for path in paths.resource("icons").glob("*.svg"))
        super().__init__(theme, name, label, [(icon_name, icon_name) for icon_name in names], required=True)
        side = theme.text("body")
        self.choice.setIconSize(QSize(side, side))
        for index, icon_name in enumerate(names):
            self.choice.setItemIcon(index, icons.icon(icon_name, theme.color("ink"), side))


def category_options(office: OfficeTemplate) -> Options:
    return [
        ("", _("tanpa kategori")),
        *((category.key, category.name.indonesian) for category in office.categories),
    ]


_CARD_HEIGHT = 150  # base pixels


class ServicesGroup(RowsGroup[ServiceTemplate]):
    """The services that visitors take numbers for, in the order of the kiosk's cards."""

    name, icon_name = "services", "layout-grid"
    title = staticmethod(lambda: pgettext("many", "Layanan"))
    row_word = staticmethod(lambda: _("Layanan"))
    template_field, row_type = "services", ServiceTemplate

    @override
    def settings(self, office: OfficeTemplate) -> SettingRows:
        procedures = [
            ("", _("tanpa prosedur")),
            *((procedure_id, procedure_id) for procedure_id in office.procedures),
        ]
        officers = [(officer.login, officer.name) for officer in office.officers]
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
                options=[(channel.value, channel.word) for channel in VisitChannel],
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
    def make_preview(self) -> QWidget | None:
        if self.host.previews is None:
            return None
        self.pane = PreviewPane(self.theme, "")
        self.pane.setFixedHeight(self.theme.px(_CARD_HEIGHT))
        return self.pane

    @override
    def show_filled_in(self, row: ServiceTemplate) -> None:
        if self.host.previews is not None:
            self.pane.show_picture(partial(self.host.previews.card, row, self.theme.contrast))

    @override
    def row_of(self, row: ServiceTemplate) -> lists.ListRow:
        minutes = counted("{n} menit", row.minutes) if row.minutes else ""
        details = row.description.indonesian if row.description else minutes
        return lists.ListRow(
            id=row.prefix,
            title=f"{row.prefix}  {row.name.indonesian}",
            subtitle=details,
            icon=row.icon,
            tint="blue",
            search=row.name.en,
        )

    @override
    def new_row_values(self, office: OfficeTemplate) -> dict[str, Any]:
        """Return the next free letter as the prefix."""
        taken = {*(service.prefix for service in office.services), office.calling.priority_series}
        return {"prefix": next((letter for letter in ascii_uppercase if letter not in taken), "")}


class CategoriesGroup(RowsGroup[CategoryTemplate]):
    """The categories of services: the kiosk shows a tree where services are more than cards on a page."""

    name, icon_name = "categories", "network"
    title = staticmethod(lambda: pgettext("many", "Kategori"))
    row_word = staticmethod(lambda: _("Kategori"))
    template_field, row_type = "categories", CategoryTemplate

    @override
    def settings(self, office: OfficeTemplate) -> SettingRows:
        above = [
            ("", _("di halaman pertama")),
            *((category.key, category.name.indonesian) for category in office.categories),
        ]
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
        return lists.ListRow(
            id=row.key, title=row.name.indonesian, subtitle=row.key, icon=row.icon, tint="violet"
        )

    @override
    def new_row_values(self, office: OfficeTemplate) -> dict[str, Any]:
        return {}


class PausesGroup(RowsGroup[PauseReason]):
    """The reasons for which a visitor leaves the desk, and how long each usually takes."""

    name, icon_name = "pauses", "pause"
    title = staticmethod(lambda: pgettext("many", "Alasan jeda"))
    row_word = staticmethod(lambda: _("Alasan jeda"))
    template_field, row_type = "pauses", PauseReason

    @override
    def settings(self, office: OfficeTemplate) -> SettingRows:
        hint = _("Sesudah itu waktu langkah berjalan lagi dengan sendirinya.")
        return (Setting("reason", _("Alasan")), Setting("minutes", _("Lama biasanya (menit)"), hint))

    @override
    def row_of(self, row: PauseReason) -> lists.ListRow:
        duration = counted("{n} menit", row.minutes)
        return lists.ListRow(id=row.reason, title=row.reason, subtitle=duration, icon="pause", tint="amber")

    @override
    def new_row_values(self, office: OfficeTemplate) -> dict[str, Any]:
        return {}


class CountersGroup(RowsGroup[CounterTemplate]):
    """The counters that visitors are called to.

    None is removed, because past numbers and calls refer to it.
    """

    name, icon_name = "counters", "monitor"
    title = staticmethod(lambda: pgettext("many", "Loket"))
    row_word = staticmethod(lambda: _("Loket"))
    template_field, row_type = "counters", CounterTemplate
    may_drop = may_move = False

    @override
    def settings(self, office: OfficeTemplate) -> SettingRows:
        services = [
            (service.prefix, f"{service.prefix}  {service.name.indonesian}") for service in office.services
        ]
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
    def new_row_values(self, office: OfficeTemplate) -> dict[str, Any]:
        return {"number": max(counter.number for counter in office.counters) + 1}


_WITH_SERVICE = ("requirements", "fee")  # the components that the group Layanan asks for


class StandardsGroup(RowsGroup[ServiceTemplate]):
    """The components of each service's standard, except those that the group Layanan asks for."""

    name, icon_name = "standards", "file-check"
    title = staticmethod(lambda: _("Standar"))
    row_word = staticmethod(lambda: _("Layanan"))
    template_field, row_type = "services", ServiceTemplate
    may_add = may_drop = may_move = False

    @override
    def build(self) -> None:
        super().build()
        self.leaflet_button = self.add_head_button(_("Brosur"), "printer", self._print_leaflet)
        self.pledge_button = self.add_head_button(
            _("Maklumat"), "printer", lambda: save(self.host, _write_pledge)
        )

    def _print_leaflet(self) -> None:
        if self.current is not None:
            offer_paper(self.host, partial(_leaflet, self.current.prefix))

    @override
    def settings(self, office: OfficeTemplate) -> SettingRows:
        # The law has two lists: what is published, and what is in the document alone.
        components = (*published_components(), *document_components())
        return tuple(Setting(key, name, rows=2) for key, name in components if key not in _WITH_SERVICE)

    @override
    def row_of(self, row: ServiceTemplate) -> lists.ListRow:
        components = components_of(row)
        written = sum(bool(component.lines) for component in components)
        words = _("{n} dari {m}").format(n=written, m=len(components))
        tone = "ok" if written == len(components) else "warn"
        return lists.ListRow(
            id=row.prefix,
            title=service_line(row.prefix, row.name),
            icon=row.icon,
            tags=(lists.Tag(words, tone),),
        )

    @override
    def new_row_values(self, office: OfficeTemplate) -> dict[str, Any]:
        return {}  # no row is made here: the group Layanan makes services


def _leaflet(prefix: str, office: Office, _actor: Actor) -> Sheet:
    # Another PC may have dropped the service meanwhile: then the officer is told so.
    return office.read(lambda tx: standard_leaflet(tx, require_service_named(tx, prefix).id))


def _write_pledge(office: Office, _actor: Actor) -> Path:
    sheet = office.read(lambda tx: pledge_sheet(tx, office.clock()))
    return write_document(sheet.title, "pdf", wall_paper.wall_pdf(sheet))
