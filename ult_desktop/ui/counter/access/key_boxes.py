"""The boxes about the office's keys: a new recovery code, and opening the keys with the old one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.access.keys import new_code
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.sheet import Letterhead, Sheet, SheetRow
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.access import readers, recovery
from ult_desktop.ui.counter.pages import PageHost, ask_words
from ult_desktop.ui.kit import dialogs, widgets

if TYPE_CHECKING:
    from collections.abc import Callable

    from ult_desktop.core.office.template import OfficeIdentity
    from ult_desktop.operations.office.office import Office

_GROUPS_PER_LINE = 4


class RecoveryBox(dialogs.Box):
    """The box of a new recovery code. The code takes effect only once the admin says that it is kept.

    Args:
        host: the admin's.
        code: the new code, eight groups of five letters.
        identity: the office's names, for the heading of the paper.
        put_in_force: puts the code in force when the admin says that they have kept it. It gets this box, to
            close it once the code is in force; until then the paper would open nothing.
    """

    def __init__(
        self,
        host: PageHost,
        code: str,
        identity: OfficeIdentity,
        put_in_force: Callable[[RecoveryBox], object],
    ) -> None:
        super().__init__(host.window, host.theme, _("Kode pemulihan data pribadi"), ("shield-check", "teal"))
        self._host, self._identity = host, identity
        self.lines = split_code(code)
        self.say(
            _(
                "Data pribadi pengunjung disegel dan hanya terbuka dengan kata sandi petugas. Bila semua "
                "kata sandi terlupa, hanya kode ini yang membukanya lagi."
            )
        )
        self.code = widgets.Label("\n".join(self.lines), "heading")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.code.setAccessibleName(_("Kode pemulihan"))
        self.words.addWidget(self.code)
        self.say(_("Hanya huruf A–Z dan angka 2–7. Kode ini tidak disimpan di komputer mana pun."))
        self.say(_("Tulis di kertas, lalu simpan di lemari terkunci."), tone="")
        self.copy_button = self.add_side_button(_("Salin"), self._copy)
        self.print_button = self.add_side_button(_("Cetak"), self._print) if host.can_print else None
        self.kept_button = self.add_button(
            _("Sudah saya simpan"), "primary", lambda: put_in_force(self), stays=True
        )
        # A second Enter of the sign-in must not press the button before the code is read.
        self.kept_button.setDefault(False)
        self.kept_button.setAutoDefault(False)
        self.code.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("-".join(self.lines))

    def _print(self) -> None:
        self._host.print_paper(
            make_code_sheet(self.lines, self._identity, formats.format_date(self._host.now(), "long"))
        )


def split_code(code: str) -> list[str]:
    """Return the code as two lines, so that nobody skips a group while copying it."""
    groups = code.split("-")
    return [
        "-".join(groups[start : start + _GROUPS_PER_LINE])
        for start in range(0, len(groups), _GROUPS_PER_LINE)
    ]


def make_code_sheet(lines: list[str], identity: OfficeIdentity, day: str) -> Sheet:
    """Make the code's sheet for the ticket printer. Its paper fades, so it says to copy the code by hand."""
    return Sheet(
        office=Letterhead((identity.unit.upper(), identity.name), identity.logo),
        title=_("Kode pemulihan data pribadi"),
        number=day,
        rows=tuple(SheetRow(_("Baris {n}").format(n=n), line) for n, line in enumerate(lines, start=1)),
        notes=(
            _("Simpan di lemari terkunci. Siapa pun yang memegang kode ini dapat membuka data pribadi."),
            _("Kertas ini memudar dalam setahun: salin dengan tangan."),
        ),
    )


def offer_code(host: PageHost) -> None:
    """Show a new code to an admin whose keys open everything, as long as the office has none."""

    def read_identity_if_codeless(office: Office) -> OfficeIdentity | None:
        is_codeless = office.keyring is not None and office.read(recovery.lacks_code)
        return _read_identity(office) if is_codeless else None

    def show(identity: OfficeIdentity | None) -> None:
        if identity is not None:
            _show_new_code(host, identity)

    if host.actor.may(Permission.MANAGE_OFFICE):
        host.read(read_identity_if_codeless, show)


def renew_code(host: PageHost) -> None:
    """Show a new code, for an admin who lost the paper with the old one."""
    host.read(_read_identity, partial(_show_new_code, host))


def _read_identity(office: Office) -> OfficeIdentity:
    return office.read(office_rows.load).settings.office


def _show_new_code(host: PageHost, identity: OfficeIdentity) -> None:
    code = new_code()

    def put_in_force(box: RecoveryBox) -> None:
        message = _("Kode pemulihan berlaku mulai sekarang.")

        def job(office: Office, actor: Actor) -> None:
            recovery.put_code_in_force(office, actor, code)

        host.perform(job, lambda _none: box.close_saved(), message, refused=box.show_refusal)

    RecoveryBox(host, code, identity, put_in_force).open()


def choose_key_act(host: PageHost) -> None:
    """Let the admin choose: a new recovery code, or opening the keys with the old one."""
    acts: list[tuple[str, Callable[[PageHost], object]]] = [
        (_("Kode pemulihan baru"), renew_code),
        (_("Buka kunci dengan kode pemulihan"), ask_for_code),
    ]
    dialogs.choose(host.window, host.theme, _("Kunci data pribadi"), acts, lambda act: act(host))


def ask_for_code(host: PageHost) -> None:
    ask_words(
        host,
        _("Kode pemulihan"),
        lambda code: lambda office, actor: recovery.recover(office, actor, code),
        question=_("40 huruf dari kertas di lemari terkunci."),
        verb=_("Buka kunci"),
        message=_("Anda memegang kunci data pribadi lagi."),
    )


def give_keys_to(officer_id: int, office: Office, _actor: Actor) -> None:
    """Give the keys that the signed-in officer holds to another officer, on the worker thread.

    Raises:
        UserError: these keys are not open here.
    """
    office.keys.reload_and_maintain()  # its upkeep gives them to every officer who lacks them
    still_waiting = office.read(lambda tx: readers.missing_grants(tx, office.clock()))
    if officer_id in {holder.officer_id for holder in still_waiting}:
        raise UserError(
            _("Kunci data tidak terbuka bagi Anda."),
            _("Tidak ada yang berubah."),
            _("Minta petugas yang memegang kunci masuk sekali, atau pakai kode pemulihan."),
        )
