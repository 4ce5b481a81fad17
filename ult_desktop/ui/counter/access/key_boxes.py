"""The office's keys from a window: hand them on, a new recovery code, the way back with the code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ult_desktop.base import UserError, _
from ult_desktop.operations.access import readers, recovery
from ult_desktop.ui.counter.access import recovery_box
from ult_desktop.ui.kit import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable

    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.counter.pages import PageHost


def choose(host: PageHost) -> None:
    acts: list[tuple[str, Callable[[PageHost], object]]] = [
        (_("Kode pemulihan baru"), recovery_box.renew_code),
        (_("Buka kunci dengan kode pemulihan"), ask_for_code),
    ]
    dialogs.choose(host.window, host.theme, _("Kunci data pribadi"), acts, lambda act: act(host))


def ask_for_code(host: PageHost) -> None:
    told = _("Anda memegang kunci data pribadi lagi.")
    dialogs.ask_text(
        host.window,
        host.theme,
        _("Kode pemulihan"),
        _("40 huruf dari kertas di lemari terkunci."),
        (_("Buka kunci"), lambda code: host.perform(partial(_recover, code), told=told)),
    )


def give_to(officer_id: int, office: Office, _actor: Actor) -> None:
    """Give the keys that the signed-in officer holds to another officer, on the worker thread.

    Raises:
        UserError: these keys are not open here.
    """
    office.keys.tend()
    left = office.read(lambda tx: readers.waiting(tx, office.clock()))
    if officer_id in {each.officer_id for each in left}:
        raise UserError(
            _("Kunci data tidak terbuka bagi Anda."),
            _("Tidak ada yang berubah."),
            _("Minta petugas yang memegang kunci masuk sekali, atau pakai kode pemulihan."),
        )


def _recover(code: str, office: Office, actor: Actor) -> None:
    recovery.recover(office, actor, code)
