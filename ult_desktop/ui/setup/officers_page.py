"""The pages of the wizard for a new office and its officers."""

import re
from collections.abc import Callable

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.passwords import find_weakness
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.setup_answers import ADMIN, FirstOfficer, template_of
from ult_desktop.core.office.template import OfficeTemplate, Weekly
from ult_desktop.operations.access.passwords import make_password
from ult_desktop.operations.office.office_files import guessable_words_at_first, load_office, office_names
from ult_desktop.ui.kit import forms, layouts, widgets
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.setup.draft import SetupDraft
from ult_desktop.ui.setup.page import Page, Values

MAX_OFFICERS = 12  # for whom the last page has room
_LOGIN = re.compile(r"[a-z][a-z0-9._-]*")


class OfficerRow(QWidget):
    """A person's row: name, login, role, first password; a row without a name counts as nobody.

    Signals:
        changed: something was typed or chosen.
        removed: the button that takes the person out was pressed.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, person: FirstOfficer, number: int) -> None:
        super().__init__()
        self.name, self.login = QLineEdit(person.name), QLineEdit(person.login)
        self.password = QLineEdit(person.password)
        self.role = forms.ComboBox(theme)
        self._roles: list[Role] = [role for role in Role if role not in (Role.STATION, Role.ADMIN)]
        self.role.addItems([role.word for role in self._roles])
        self.role.setCurrentIndex(self._roles.index(person.roles[0]))
        remove = widgets.Button(theme, "", "quiet", "x")
        remove.setAccessibleName(_("Keluarkan petugas {n}").format(n=number))
        remove.setToolTip(_("Keluarkan"))
        remove.clicked.connect(self.removed)
        row = layouts.Row(theme, self, gap=8)
        words = (_("Nama"), _("Nama masuk"), _("Kata sandi pertama"), _("Peran"))
        for editor, word in zip((self.name, self.login, self.password, self.role), words, strict=True):
            editor.setAccessibleName(f"{word} {number}")
            row.addWidget(editor, 3 if editor is self.name else 2)
        row.addWidget(remove)
        for line in (self.name, self.login, self.password):
            line.textChanged.connect(self.changed)

    def value(self) -> FirstOfficer | None:
        if not self.name.text().strip():
            return None
        return FirstOfficer(
            login=self.login.text().strip(),
            name=self.name.text().strip(),
            password=self.password.text(),
            roles=(self._roles[self.role.currentIndex()],),
        )


class PeopleField(forms.Field[tuple[FirstOfficer, ...]]):
    """The field for the people besides the admin, a line each.

    `weakness` returns what is wrong with a password, or "".
    """

    def __init__(self, theme: Theme, name: str, label: str, weakness: Callable[[str], str]) -> None:
        super().__init__(theme, name, label)
        self._weakness = weakness
        whole = QWidget()
        self._rows = layouts.Column(theme, whole, gap=6)
        self.rows: list[OfficerRow] = []
        self.more_button = widgets.Button(theme, _("Tambah petugas"), "", "user-plus")
        self.more_button.clicked.connect(lambda: self._add(self._propose_officer()))
        self._rows.addWidget(self.more_button)
        self.put(self.more_button, whole)
        self.more_button.setAccessibleName(self.more_button.text())

    def _propose_officer(self) -> FirstOfficer:
        number = len(self.rows) + 1
        return FirstOfficer(
            login=f"loket{number}", name=_("Petugas Loket {n}").format(n=number), password=make_password()
        )

    def propose(self) -> None:
        """Propose a first officer: somebody has to sit at the first counter."""
        self.show_value(())
        self._add(self._propose_officer())

    def _add(self, person: FirstOfficer) -> None:
        row = OfficerRow(self.theme, person, len(self.rows) + 1)
        self.rows.append(row)
        self._rows.insertWidget(len(self.rows) - 1, row)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self._update_count()

    def _remove(self, row: OfficerRow) -> None:
        self.rows.remove(row)
        self._rows.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._update_count()

    def _update_count(self) -> None:
        self.more_button.setEnabled(len(self.rows) < MAX_OFFICERS)
        self.setFocusProxy(self.rows[0].name if self.rows else self.more_button)
        self.changed.emit()

    @override
    def value(self) -> tuple[FirstOfficer, ...]:
        return tuple(filter(None, (row.value() for row in self.rows)))

    @override
    def show_value(self, value: tuple[FirstOfficer, ...] | None) -> None:
        for row in tuple(self.rows):
            self._remove(row)
        for person in value or ():
            self._add(person)

    @override
    def problem(self) -> str:
        logins = [ADMIN]
        for person in self.value():
            if not _LOGIN.fullmatch(person.login):
                return _("{name}: nama masuk berupa huruf kecil tanpa spasi, misalnya siti.").format(
                    name=person.name
                )
            if person.login in logins:
                return _("Nama masuk {login} sudah dipakai.").format(login=person.login)
            if wrong := self._weakness(person.password):
                return f"{person.name}: {wrong}"
            logins.append(person.login)
        return ""


class OfficersPage(Page):
    """The page of people.

    The page shows the passwords in clear: the person who sets the office up hands them out.
    """

    _template: OfficeTemplate  # of the new office, once the page is shown

    def __init__(self, theme: Theme) -> None:
        self.people = PeopleField(
            theme, "officers", _("Petugas: nama, nama masuk, kata sandi pertama, peran"), self._weakness
        )
        super().__init__(
            theme,
            _("Petugas"),
            _(
                "Halaman terakhir menampilkan kata sandinya sekali lagi, untuk dicetak atau dicatat. Petugas"
                " lain dapat ditambah nanti di Pengaturan."
            ),
            (
                forms.LineField(
                    theme,
                    "admin_password",
                    _("Kata sandi admin (nama masuk: admin)"),
                    required=True,
                    check=self._weakness,
                ),
                self.people,
            ),
        )

    def _weakness(self, password: str) -> str:
        return find_weakness(password, guessable_words_at_first(self._template, self.people.value()))

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        self._template = template_of(load_office(draft.office.template), draft.office)
        self.form.show_values({"admin_password": draft.office.admin_password})
        if draft.office.officers:
            self.people.show_value(draft.office.officers)
        else:
            self.people.propose()

    @override
    def updated_draft(self, values: Values) -> SetupDraft:
        return msgspec.structs.replace(
            self.draft, office=msgspec.structs.replace(self.draft.office, **values)
        )


class OfficePage(Page):
    """The page of a new office.

    Services, counters and procedures come with the ready-made office; all can be changed later.
    """

    def __init__(self, theme: Theme) -> None:
        self._offices: dict[str, OfficeTemplate] = {name: load_office(name) for name in office_names()}
        named = [(name, template.office.name) for name, template in self._offices.items()]
        self.template = forms.ChoiceField(theme, "template", _("Contoh kantor"), named, required=True)
        super().__init__(
            theme,
            _("Nama dan jam layanan"),
            _("Layanan, loket, dan POS diambil dari contohnya. Semuanya dapat diubah nanti di Pengaturan."),
            (
                self.template,
                (
                    forms.LineField(theme, "name", _("Nama kantor"), required=True),
                    forms.LineField(theme, "short_name", _("Nama pendek"), required=True, most=40),
                ),
                forms.LogoField(theme, "logo", _("Logo kantor")),
                (
                    forms.LineField(theme, "city", _("Kota")),
                    forms.LineField(theme, "head", _("Nama kepala kantor")),
                    forms.LineField(theme, "head_nip", _("NIP kepala kantor")),
                ),
                forms.LinesField(theme, "letterhead", _("Kop surat, satu baris tiap baris"), rows=2, most=6),
                forms.HoursField(theme, "hours", _("Jam layanan"), empty=Weekly()),
            ),
        )
        self.template.changed.connect(self._show_ready_made)

    @override
    def show_draft(self, draft: SetupDraft) -> None:
        if not draft.office.name:
            self.template.show_value(draft.office.template)
            self._show_ready_made()
        else:
            self.form.show_values(msgspec.structs.asdict(draft.office))

    def _show_ready_made(self) -> None:
        ready = self._offices[str(self.template.value())]
        about = ready.office
        self.form.show_values({"name": about.name, "short_name": about.short_name, "hours": ready.hours})

    @override
    def updated_draft(self, values: Values) -> SetupDraft:
        office = msgspec.structs.replace(self.draft.office, **values)
        counters = tuple(counter.number for counter in self._offices[office.template].counters)
        return msgspec.structs.replace(self.draft, office=office, counters=counters)
