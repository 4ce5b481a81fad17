"""The group Petugas: who works here, with which roles, password and keys."""

from collections.abc import Callable
from functools import partial

from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.core.access import commands
from ult_desktop.core.access.roles import Actor, Officer, Permission
from ult_desktop.core.command import Command
from ult_desktop.operations.access import issued_password, recovery
from ult_desktop.operations.access.issued_password import IssuedPassword
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.access import key_boxes, officer_boxes as boxes, officer_words as words
from ult_desktop.ui.counter.access.slip_box import SlipBox
from ult_desktop.ui.counter.pages import ListGroup, snapshot
from ult_desktop.ui.kit import dialogs, panels
from ult_desktop.ui.kit.detail import DetailAction


class OfficersGroup(ListGroup[words.OfficerEntry]):
    """The list of officers. Ctrl+N adds an officer; Ctrl+Z takes back the last act."""

    name, icon_name, group = "officers", "users", "people"
    needs = frozenset({Permission.MANAGE_OFFICE})
    title = staticmethod(lambda: pgettext("many", "Petugas"))

    @override
    def build(self) -> None:
        self._board: words.OfficersBoard | None = None
        self._undo: Command[Officer] | None = None
        self.note = panels.Note(self.theme, "ok")
        self.body.addWidget(self.note)
        self.add_list(
            _("Cari nama …"),
            words.filters(),
            (_("Belum ada petugas."), "users"),
            (_("Pilih petugas di daftar."), "user-round"),
        )
        self.add = self.add_head_button(_("+ Petugas"), "user-plus", self._add, "primary")
        self.add.setEnabled(False)  # until the officers are read: a new one is compared with them
        self.keys = self.add_head_button(_("Kunci data …"), "lock", partial(key_boxes.choose, self.host))
        self.list.opened.connect(lambda _row: self.detail.acts.begin())
        self.note.answered.connect(self._take_back)
        self.key("Ctrl+N", self.add.click)
        self.key("Ctrl+Z", self._take_back)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(words.officers_board), self._show)

    def _show(self, board: words.OfficersBoard) -> None:
        self._board = board
        self.add.setEnabled(True)
        self.show_records(board.entries, [words.row_of(each) for each in board.entries])

    @override
    def show_record(self, found: words.OfficerEntry) -> None:
        if self._board is not None:
            self.detail.show_head(found.officer.name)
            self.detail.show_facts(words.facts_of(found, self._board))
            self.detail.show_actions(self._actions(found))

    def _actions(self, entry: words.OfficerEntry) -> list[DetailAction]:
        officer = entry.officer
        if not officer.active:
            back = partial(self._issue, partial(_return, officer.login))
            return [DetailAction("return", _("Aktifkan lagi"), "user-check", back, "primary")]
        own = _("Kata sandi sendiri: tombol di kaki jendela.") if self._is_own(officer) else ""
        himself = _("Anda tidak dapat menonaktifkan diri sendiri.") if own else ""
        password, retire = partial(self._ask_password, officer), partial(self._retire, officer)
        actions = [
            DetailAction("edit", _("Ubah …"), "pen-line", partial(self._edit, officer), "primary"),
            DetailAction("roles", _("Peran …"), "users", partial(self._roles, officer)),
            DetailAction("password", _("Beri kata sandi baru …"), "lock", password, why=own),
            DetailAction("retire", _("Nonaktifkan"), "user-x", retire, "danger", himself),
        ]
        if entry.holder is not None and entry.holder.may_open and not entry.holds:
            why = "" if entry.holder.has_pair else _("Ia belum pernah masuk.")
            give = partial(self._give_keys, officer)
            actions.insert(3, DetailAction("keys", _("Beri kunci"), "shield-check", give, why=why))
        if entry.is_only_holder and not self._is_own(officer):
            give_up = partial(self._ask_to_give_up, officer)
            actions.append(DetailAction("give_up", _("Lepaskan kunci …"), "delete", give_up))
        return actions

    def _is_own(self, officer: Officer) -> bool:
        return officer.id == self.host.actor.officer_id

    def _add(self) -> None:
        if self._board is not None:
            boxes.new_box(self.host, self._board, self._added).open()

    def _added(self, issued: IssuedPassword) -> None:
        officer = issued.officer
        undo = commands.RetireOfficer(login=officer.login)
        self._done(_("{name} ditambahkan.").format(name=officer.name), undo, officer)
        SlipBox(self.host, issued).open()

    def _edit(self, officer: Officer) -> None:
        if self._board is None:
            return
        undo = commands.EditOfficer(
            login=officer.login, name=officer.name, usual_counter=officer.usual_counter
        )
        then = partial(self._done, _("{name} diubah.").format(name=officer.name), undo)
        boxes.edit_box(self.host, self._board, officer, then).open()

    def _roles(self, officer: Officer) -> None:
        undo = commands.ChangeRoles(login=officer.login, roles=officer.roles)
        then = partial(self._done, _("Peran {name} diubah.").format(name=officer.name), undo)
        boxes.roles_box(self.host, officer, then).open()

    def _ask_password(self, officer: Officer) -> None:
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Beri {name} kata sandi baru?").format(name=officer.name),
            _("Yang lama tidak berlaku lagi. Yang baru tampil sekali dan dapat dicetak."),
            (_("Beri kata sandi"), partial(self._issue, partial(_renew, officer.login))),
        )

    def _issue(self, job: Callable[[Office, Actor], IssuedPassword]) -> None:
        self.host.perform(job, self._issued)

    def _issued(self, issued: IssuedPassword) -> None:
        self.list.choose(issued.officer.id)
        SlipBox(self.host, issued).open()

    def _retire(self, officer: Officer) -> None:
        told = _("{name} nonaktif. Kunci data diganti sendiri.").format(name=officer.name)
        undo = commands.ReturnOfficer(login=officer.login)
        self.host.perform(commands.RetireOfficer(login=officer.login), partial(self._done, told, undo))

    def _give_keys(self, officer: Officer) -> None:
        told = _("{name} memegang kunci data.").format(name=officer.name)
        self.host.perform(partial(key_boxes.give_to, officer.id), told=told)

    def _ask_to_give_up(self, officer: Officer) -> None:
        dialogs.ask(
            self.host.window,
            self.theme,
            _("Lepaskan kunci {name}?").format(name=officer.name),
            _(
                "Hanya bila kata sandinya benar-benar terlupa: yang hanya dibuka kuncinya tidak akan"
                " terbaca lagi. Kantor mendapat kunci baru."
            ),
            (_("Lepaskan untuk selamanya"), partial(self._give_up, officer)),
        )

    def _give_up(self, officer: Officer) -> None:
        told = _("Kunci {name} dilepas.").format(name=officer.name)
        self.host.perform(partial(_give_up, officer.login), told=told)

    def _done(self, told: str, undo: Command[Officer], officer: Officer) -> None:
        self._undo = undo
        self.note.say(told, _("Urungkan"))
        self.list.choose(officer.id)
        self.list.view.setFocus()

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.note.hide()
        if isinstance(undo, commands.ReturnOfficer):  # the password went with the retirement
            self._issue(partial(_return, undo.login))
        elif undo is not None:
            self.host.perform(undo, told=_("Perubahan diurungkan."))


def _renew(login: str, office: Office, actor: Actor) -> IssuedPassword:
    """Issue the officer a new password, on the worker thread."""
    return issued_password.renew(office, actor, login)


def _return(login: str, office: Office, actor: Actor) -> IssuedPassword:
    return issued_password.return_officer(office, actor, login)


def _give_up(login: str, office: Office, actor: Actor) -> None:
    recovery.give_up(office, actor, login)
