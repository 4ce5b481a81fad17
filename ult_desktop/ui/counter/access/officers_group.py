"""The officers in Pengaturan: their list, the boxes that change one, and a new password's slip."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt
from typing_extensions import override

from ult_desktop.base import _, formats, pgettext
from ult_desktop.core.access import commands
from ult_desktop.core.access.roles import Actor, Officer, Permission, Role, roles_from
from ult_desktop.core.queue.boards import counter_name
from ult_desktop.core.sheet import Letterhead, Sheet, SheetRow
from ult_desktop.db.access import keys, officers
from ult_desktop.db.queue import counters
from ult_desktop.operations.access import passwords, readers, recovery
from ult_desktop.ui.counter.access import key_boxes
from ult_desktop.ui.counter.pages import FormBox, ListGroup, PageHost, Then, offer_paper, snapshot
from ult_desktop.ui.kit import dialogs, forms, panels, widgets
from ult_desktop.ui.kit.detail import DetailAction, Fact
from ult_desktop.ui.kit.lists import Filter, ListRow, Tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from ult_desktop.core.command import Command
    from ult_desktop.db.store.transaction import Transaction
    from ult_desktop.operations.access.passwords import IssuedPassword
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.kit import Theme
    from ult_desktop.ui.kit.forms.form import Values

ACTIVE, RETIRED = "active", "retired"


class OfficerEntry(msgspec.Struct, frozen=True):
    """An officer, and the state of their keys.

    `holder` is None for an officer who does not work here any more. `has_keys`: the officer can open
    personal data. `is_only_holder`: they alone can.
    """

    officer: Officer
    holder: keys.Holder | None
    has_keys: bool = False
    is_only_holder: bool = False

    @property
    def id(self) -> int:
        return self.officer.id


class OfficersBoard(msgspec.Struct, frozen=True):
    """Everybody who works or worked here, and the counters."""

    entries: tuple[OfficerEntry, ...]
    counters: tuple[counters.CounterRow, ...]

    @property
    def logins(self) -> frozenset[str]:
        return frozenset(entry.officer.login for entry in self.entries)


def officers_board(tx: Transaction, at: int) -> OfficersBoard:
    status = readers.key_status(tx, at)
    holders = {holder.officer_id: holder for holder in status.officers}
    entries = []
    for officer in officers.everybody(tx):
        holder = holders.get(officer.id)
        has_keys = holder is not None and status.opens_all(holder)
        is_only_holder = holder is not None and keys.is_only_holder(tx, officer.id)
        entries.append(OfficerEntry(officer, holder, has_keys, is_only_holder))
    return OfficersBoard(tuple(entries), counters.all_counters(tx))


def filters() -> tuple[Filter, ...]:
    return (Filter(ACTIVE, _("Aktif")), Filter(RETIRED, _("Nonaktif")))


def role_words(officer: Officer) -> list[str]:
    """Return the words of the officer's roles, in the order of `Role`."""
    roles = roles_from(officer.roles)
    return [role.word for role in Role if role in roles]


def _password_tags(officer: Officer) -> tuple[Tag, ...]:
    if not officer.active:
        return ()
    if not officer.password_hash:
        return (Tag(_("tanpa kata sandi"), "warn"),)
    return (Tag(_("belum masuk"), "warn"),) if officer.must_change else ()


def officer_facts(entry: OfficerEntry, board: OfficersBoard) -> list[Fact]:
    officer = entry.officer
    names = {counter.number: counter_name(counter.number, counter.name) for counter in board.counters}
    return [
        Fact(_("Nama masuk"), officer.login),
        Fact(_("Peran"), ", ".join(role_words(officer))),
        Fact(_("Loket"), names.get(officer.usual_counter or 0, _("tidak tetap"))),
        Fact(_("Kata sandi"), *_password_state(officer)),
        Fact(_("Kunci data"), *key_state(entry)),
    ]


def _password_state(officer: Officer) -> tuple[str, str]:
    if not officer.active:
        return "", ""
    if not officer.password_hash:
        return _("belum ada; ia belum dapat masuk"), "warn"
    if officer.must_change:
        return _("sementara; diganti sendiri saat masuk"), "warn"
    return _("berlaku"), ""


def key_state(entry: OfficerEntry) -> tuple[str, str]:
    """Return whether the officer can open personal data, and why not, in words; then the words' tone."""
    holder = entry.holder
    if holder is None:
        return "", ""
    if not holder.may_open:
        return _("tidak perlu: perannya tidak membuka data pribadi"), ""
    if entry.has_keys:
        return _("dapat membuka data pribadi"), "ok"
    if holder.has_pair:
        return _("belum: menunggu petugas yang memegang kunci"), "warn"
    return _("belum: diberikan begitu ia masuk"), "warn"


_MAX_NAME, _MAX_LOGIN = 80, 40  # letters
OFFICERS_ROLES = tuple(role for role in Role if role is not Role.STATION)


def new_officer_box(host: PageHost, board: OfficersBoard, then: Then) -> FormBox:
    """Make the box for a new officer. The sign-in name follows the name until somebody types another one."""
    theme = host.theme
    name = _name_field(theme)

    def check_login(text: str) -> str:
        return _("Nama masuk itu sudah dipakai.") if text in board.logins else ""

    login = forms.LineField(
        theme, "login", _("Nama masuk"), required=True, most=_MAX_LOGIN, check=check_login
    )
    box = FormBox(
        host,
        _("Petugas baru"),
        ((name, login), _roles_field(theme), _counter_field(theme, board)),
        command=lambda values: partial(_add_officer, values),
        verb=_("Tambah"),
        then=then,
        icon=("user-plus", "blue"),
        draft=host.draft("officer"),
        known={"roles": (Role.FRONT_OFFICE,)},
        wide=True,
    )

    def suggest(text: str) -> None:
        if not login.line.isModified():
            login.show_value(passwords.suggest_login(text, board.logins))

    name.line.textEdited.connect(suggest)
    return box


def edit_box(host: PageHost, board: OfficersBoard, officer: Officer, then: Then) -> FormBox:
    """Make the box for an officer's name and usual counter."""
    return FormBox(
        host,
        officer.name,
        (_name_field(host.theme), _counter_field(host.theme, board)),
        command=lambda values: commands.EditOfficer(
            login=officer.login, name=values["name"], usual_counter=values["usual_counter"] or None
        ),
        then=then,
        icon=("user-cog", "blue"),
        known={"name": officer.name, "usual_counter": officer.usual_counter or 0},
        edits=True,
    )


def roles_box(host: PageHost, officer: Officer, then: Then) -> FormBox:
    return FormBox(
        host,
        _("Peran {name}").format(name=officer.name),
        (_roles_field(host.theme),),
        command=lambda values: commands.ChangeRoles(login=officer.login, roles=_role_values(values)),
        then=then,
        icon=("users", "blue"),
        words=_("Berlaku seketika; jendelanya berubah setelah ia masuk lagi."),
        known={"roles": tuple(role for role in OFFICERS_ROLES if role in officer.roles)},
        edits=True,
        wide=True,
    )


def _add_officer(values: Values, office: Office, actor: Actor) -> IssuedPassword:
    """Add the officer and issue their password, on the worker thread."""
    command = commands.AddOfficer(
        login=values["login"],
        name=values["name"],
        roles=_role_values(values),
        password_hash="",
        usual_counter=values["usual_counter"] or None,
    )
    return passwords.issue(office, actor, command)


def _role_values(values: Values) -> tuple[str, ...]:
    return tuple(Role(role).value for role in values["roles"])


def _name_field(theme: Theme) -> forms.LineField:
    return forms.LineField(theme, "name", _("Nama"), required=True, most=_MAX_NAME)


def _roles_field(theme: Theme) -> forms.TicksField:
    options = [(role, role.word) for role in OFFICERS_ROLES]
    return forms.TicksField(theme, "roles", _("Peran"), options, required=True)


def _counter_field(theme: Theme, board: OfficersBoard) -> forms.ChoiceField:
    options = [(counter.number, counter_name(counter.number, counter.name)) for counter in board.counters]
    field = forms.ChoiceField(theme, "usual_counter", _("Loket"), [(0, _("tidak tetap")), *options])
    field.show_value(0)
    return field


class SlipBox(dialogs.Box):
    """The box with a temporary password. It is the only place that ever shows the password."""

    def __init__(self, host: PageHost, issued: IssuedPassword) -> None:
        title = _("Kata sandi {name}").format(name=issued.officer.name)
        super().__init__(host.window, host.theme, title, ("lock", "teal"))
        self._host, self._issued = host, issued
        self.say(_("Nama masuk: {login}").format(login=issued.officer.login), tone="")
        self.password = widgets.Label(issued.password, "heading")
        self.password.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.password.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.password.setAccessibleName(_("Kata sandi sementara"))
        self.words.addWidget(self.password)
        self.say(
            _("Hanya tampil sekali. {name} menggantinya sendiri saat masuk pertama.").format(
                name=issued.officer.name
            )
        )
        self.print_button = self.add_side_button(_("Cetak slip"), self._print, "printer")
        self.kept_button = self.add_button(_("Selesai"), "primary", lambda: None)
        self.print_button.setFocus()

    def _print(self) -> None:
        day = formats.format_date(self._host.now(), "long")
        offer_paper(self._host, partial(make_slip, self._issued, day))


def make_slip(issued: IssuedPassword, day: str, _office: Office, _actor: Actor) -> Sheet:
    """Make the password slip for the ticket printer or as PDF. It is torn up after the first sign-in."""
    identity = issued.office
    return Sheet(
        office=Letterhead((identity.unit.upper(), identity.name), identity.logo),
        title=_("Kata sandi sementara"),
        number=day,
        rows=(
            SheetRow(_("Nama"), issued.officer.name),
            SheetRow(_("Nama masuk"), issued.officer.login),
            SheetRow(_("Kata sandi"), issued.password),
        ),
        notes=(
            _("Pilih nama Anda di loket, ketik kata sandi ini, lalu buat kata sandi sendiri."),
            _("Sobek slip ini sesudahnya."),
        ),
    )


class OfficersGroup(ListGroup[OfficerEntry]):
    """The group of officers. Ctrl+N adds an officer; Ctrl+Z undoes the last change."""

    name, icon_name, group = "officers", "users", "people"
    needs = frozenset({Permission.MANAGE_OFFICE})
    title = staticmethod(lambda: pgettext("many", "Petugas"))

    @override
    def build(self) -> None:
        self._board: OfficersBoard | None = None
        self._undo: Command[Officer] | None = None
        self.note = panels.Note(self.theme, "ok")
        self.body.addWidget(self.note)
        self.add_list(
            _("Cari nama …"),
            filters(),
            (_("Belum ada petugas."), "users"),
            (_("Pilih petugas di daftar."), "user-round"),
        )
        self.new_button = self.add_head_button(_("+ Petugas"), "user-plus", self._add, "primary")
        self.new_button.setEnabled(False)  # until the officers are read: a new one is compared with them
        self.keys_button = self.add_head_button(
            _("Kunci data …"), "lock", partial(key_boxes.choose_key_act, self.host)
        )
        self.note.answered.connect(self._undo_last)
        self.key("Ctrl+N", self.new_button.click)
        self.key("Ctrl+Z", self._undo_last)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(officers_board), self._show)

    def _show(self, board: OfficersBoard) -> None:
        self._board = board
        self.new_button.setEnabled(True)
        self.show_records(board.entries)

    @override
    def row_of(self, record: OfficerEntry) -> ListRow:
        officer, holder = record.officer, record.holder
        waits_for_keys = holder is not None and holder.may_open and holder.has_pair and not record.has_keys
        return ListRow(
            id=officer.id,
            title=officer.name,
            subtitle=officer.login,
            icon="user-round" if officer.active else "user-x",
            tint="blue" if officer.active else "slate",
            tags=(
                *_password_tags(officer),
                *((Tag(_("menunggu kunci"), "warn"),) if waits_for_keys else ()),
                *(Tag(word) for word in role_words(officer)),
            ),
            groups=frozenset({ACTIVE if officer.active else RETIRED}),
        )

    @override
    def show_record(self, record: OfficerEntry) -> None:
        if self._board is not None:
            self.detail.show_head(record.officer.name)
            self.detail.show_facts(officer_facts(record, self._board))
            self.detail.show_actions(self._actions(record))

    def _actions(self, entry: OfficerEntry) -> list[DetailAction]:
        officer = entry.officer
        if not officer.active:
            return_officer = partial(self._issue_password, partial(_return_officer, officer.login))
            return [DetailAction("return", _("Aktifkan lagi"), "user-check", return_officer, "primary")]
        is_own = officer.id == self.host.actor.officer_id
        why_no_password = _("Kata sandi sendiri: tombol di kaki jendela.") if is_own else ""
        why_not_retire = _("Anda tidak dapat menonaktifkan diri sendiri.") if is_own else ""
        password, retire = partial(self._ask_to_renew_password, officer), partial(self._retire, officer)
        actions = [
            DetailAction("edit", _("Ubah …"), "pen-line", partial(self._edit, officer), "primary"),
            DetailAction("roles", _("Peran …"), "users", partial(self._edit_roles, officer)),
            DetailAction("password", _("Beri kata sandi baru …"), "lock", password, why_not=why_no_password),
        ]
        if entry.holder is not None and entry.holder.may_open and not entry.has_keys:
            why = "" if entry.holder.has_pair else _("Ia belum pernah masuk.")
            give = partial(self._give_keys, officer)
            actions.append(DetailAction("keys", _("Beri kunci"), "shield-check", give, why_not=why))
        actions.append(DetailAction("retire", _("Nonaktifkan"), "user-x", retire, "danger", why_not_retire))
        if entry.is_only_holder and not is_own:
            give_up = partial(self._ask_to_give_up_keys, officer)
            actions.append(DetailAction("give_up", _("Lepaskan kunci …"), "delete", give_up))
        return actions

    def _add(self) -> None:
        if self._board is not None:
            new_officer_box(self.host, self._board, self._on_added).open()

    def _on_added(self, issued: IssuedPassword) -> None:
        officer = issued.officer
        undo = commands.RetireOfficer(login=officer.login)
        self._offer_undo(_("{name} ditambahkan.").format(name=officer.name), undo, officer)
        SlipBox(self.host, issued).open()

    def _edit(self, officer: Officer) -> None:
        if self._board is None:
            return
        message = _("{name} diubah.").format(name=officer.name)
        box = edit_box(self.host, self._board, officer, lambda edited: self._on_edited(message, box, edited))
        box.open()

    def _edit_roles(self, officer: Officer) -> None:
        message = _("Peran {name} diubah.").format(name=officer.name)
        box = roles_box(self.host, officer, lambda edited: self._on_edited(message, box, edited))
        box.open()

    def _on_edited(self, message: str, box: FormBox, officer: Officer) -> None:
        if box.undo is not None:
            self._offer_undo(message, box.undo, officer)

    def _ask_to_renew_password(self, officer: Officer) -> None:
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Beri {name} kata sandi baru?").format(name=officer.name),
            _("Yang lama tidak berlaku lagi. Yang baru tampil sekali dan dapat dicetak."),
            (_("Beri kata sandi"), partial(self._issue_password, partial(_renew_password, officer.login))),
        )

    def _issue_password(self, job: Callable[[Office, Actor], IssuedPassword]) -> None:
        self.host.perform(job, self._show_password)

    def _show_password(self, issued: IssuedPassword) -> None:
        self.list.choose(issued.officer.id)
        SlipBox(self.host, issued).open()

    def _retire(self, officer: Officer) -> None:
        message = _("{name} nonaktif. Kunci data diganti sendiri.").format(name=officer.name)
        undo = commands.ReturnOfficer(login=officer.login)
        command = commands.RetireOfficer(login=officer.login)
        self.host.perform(command, partial(self._offer_undo, message, undo))

    def _give_keys(self, officer: Officer) -> None:
        message = _("{name} memegang kunci data.").format(name=officer.name)
        self.host.perform(partial(key_boxes.give_keys_to, officer.id), message=message)

    def _ask_to_give_up_keys(self, officer: Officer) -> None:
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Lepaskan kunci {name}?").format(name=officer.name),
            _(
                "Hanya bila kata sandinya benar-benar terlupa: yang hanya dibuka kuncinya tidak akan"
                " terbaca lagi. Kantor mendapat kunci baru."
            ),
            (_("Lepaskan untuk selamanya"), partial(self._give_up_keys, officer)),
        )

    def _give_up_keys(self, officer: Officer) -> None:
        message = _("Kunci {name} dilepas.").format(name=officer.name)
        self.host.perform(
            lambda office, actor: recovery.give_up(office, actor, officer.login), message=message
        )

    def _offer_undo(self, message: str, undo: Command[Officer], officer: Officer) -> None:
        self._undo = undo
        self.note.say(message, _("Urungkan"))
        self.list.choose(officer.id)
        self.list.view.setFocus()

    def _undo_last(self) -> None:
        undo, self._undo = self._undo, None
        self.note.hide()
        if isinstance(undo, commands.ReturnOfficer):  # an officer who returns gets a new password
            self._issue_password(partial(_return_officer, undo.login))
        elif undo is not None:
            self.host.perform(undo, message=_("Perubahan diurungkan."))


def _renew_password(login: str, office: Office, actor: Actor) -> IssuedPassword:
    return passwords.reissue(office, actor, login)


def _return_officer(login: str, office: Office, actor: Actor) -> IssuedPassword:
    return passwords.return_officer(office, actor, login)
