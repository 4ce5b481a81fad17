"""The forms about an officer: a new one, name and counter, roles."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ult_desktop.base import _
from ult_desktop.core.access import commands
from ult_desktop.core.access.roles import Officer, Role
from ult_desktop.core.queue.boards import counter_name
from ult_desktop.operations.access import issued_password
from ult_desktop.ui.counter import pages
from ult_desktop.ui.kit import forms

if TYPE_CHECKING:
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.access.issued_password import IssuedPassword
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.counter.access.officer_words import OfficersBoard
    from ult_desktop.ui.kit import Theme
    from ult_desktop.ui.kit.forms import form

_MOST_NAME, _MOST_LOGIN = 80, 40
OFFICERS_ROLES = tuple(role for role in Role if role is not Role.STATION)


def new_box(host: pages.PageHost, board: OfficersBoard, then: pages.Then) -> pages.FormBox:
    """Make the box for a new officer. The sign-in name follows the name until somebody types another one."""
    theme = host.theme
    name, login = _name_field(theme), _login_field(theme, board.logins)
    box = pages.FormBox(
        host,
        _("Petugas baru"),
        ((name, login), _roles_field(theme), _counter_field(theme, board)),
        command=lambda values: partial(_engage, values),
        verb=_("Tambah"),
        then=then,
        icon=("user-plus", "blue"),
        draft=host.draft("officer"),
        known={"roles": (Role.FRONT_OFFICE,)},
        wide=True,
    )

    def suggest(text: str) -> None:
        if not login.line.isModified():
            login.show_value(issued_password.login_for(text, board.logins))

    name.line.textEdited.connect(suggest)
    return box


def edit_box(host: pages.PageHost, board: OfficersBoard, officer: Officer, then: pages.Then) -> pages.FormBox:
    return pages.FormBox(
        host,
        officer.name,
        (_name_field(host.theme), _counter_field(host.theme, board)),
        command=lambda values: commands.EditOfficer(
            login=officer.login, name=values["name"], usual_counter=values["counter"] or None
        ),
        then=then,
        icon=("user-cog", "blue"),
        known={"name": officer.name, "counter": officer.usual_counter or 0},
    )


def roles_box(host: pages.PageHost, officer: Officer, then: pages.Then) -> pages.FormBox:
    return pages.FormBox(
        host,
        _("Peran {name}").format(name=officer.name),
        (_roles_field(host.theme),),
        command=lambda values: commands.ChangeRoles(login=officer.login, roles=_names(values)),
        then=then,
        icon=("users", "blue"),
        words=_("Berlaku seketika; jendelanya berubah setelah ia masuk lagi."),
        known={"roles": tuple(role for role in OFFICERS_ROLES if role in officer.roles)},
        wide=True,
    )


def _engage(values: form.Values, office: Office, actor: Actor) -> IssuedPassword:
    """Add the officer and issue their password, on the worker thread."""
    new = commands.AddOfficer(
        login=values["login"],
        name=values["name"],
        roles=_names(values),
        password_hash="",
        usual_counter=values["counter"] or None,
    )
    return issued_password.engage(office, actor, new)


def _names(values: form.Values) -> tuple[str, ...]:
    return tuple(Role(role).value for role in values["roles"])


def _name_field(theme: Theme) -> forms.LineField:
    return forms.LineField(theme, "name", _("Nama"), required=True, most=_MOST_NAME)


def _login_field(theme: Theme, taken: frozenset[str]) -> forms.LineField:
    def check(text: str) -> str:
        return _("Nama masuk itu sudah dipakai.") if text in taken else ""

    return forms.LineField(theme, "login", _("Nama masuk"), required=True, most=_MOST_LOGIN, check=check)


def _roles_field(theme: Theme) -> forms.TicksField:
    options = [(role, role.word) for role in OFFICERS_ROLES]
    return forms.TicksField(theme, "roles", _("Peran"), options, required=True)


def _counter_field(theme: Theme, board: OfficersBoard) -> forms.ChoiceField:
    seats = [(each.number, counter_name(each.number, each.name)) for each in board.counters]
    field = forms.ChoiceField(theme, "counter", _("Loket"), [(0, _("tidak tetap")), *seats])
    field.show_value(0)
    return field
