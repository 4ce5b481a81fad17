"""The acts that close the day and take a closing back. Both ask first and say what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue import boards
from ult_desktop.core.queue.commands import CloseDay, TakeBackDay
from ult_desktop.operations.queue import take_back
from ult_desktop.ui.kit import dialogs

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.counter.pages import PageHost
    from ult_desktop.ui.kit import Theme


def ask_to_close(
    parent: QWidget, theme: Theme, board: boards.HallBoard, send: Callable[[CloseDay], object]
) -> None:
    yes = (_("Tutup hari"), lambda: send(CloseDay(reason=_("Jam layanan berakhir"))))
    dialogs.ask(parent, theme, _("Tutup antrean hari ini?"), boards.what_is_left(board), yes)


def offer_day_back(host: PageHost) -> None:
    """Ask whether to take back a day that a wrong clock began, if the officer may close a day."""

    def show(found: take_back.Closing | None) -> None:
        if found is not None and found.by_clock:
            _ask_to_take_back(host, found, _("Hari baru dimulai karena jam yang keliru. Batalkan?"))

    if host.actor.may(Permission.CLOSE_DAY):
        host.read(_last_closing, show)


def take_day_back(host: PageHost) -> None:
    """Show what the last closing of today ended, and take it back when the officer agrees."""

    def show(found: take_back.Closing | None) -> None:
        if found is None:
            host.tell(_("Tidak ada penutupan hari ini yang dapat dibatalkan."))
        else:
            _ask_to_take_back(host, found, _("Batalkan penutupan hari?"))

    host.read(_last_closing, show)


def _ask_to_take_back(host: PageHost, found: take_back.Closing, question: str) -> None:
    words = [
        _("Nomor yang ikut ditutup kembali ke tempatnya: {labels}.").format(labels=", ".join(found.back))
    ]
    if found.newer:
        words.append(
            _(
                "Nomor yang diberikan sesudahnya dibatalkan: {labels}. Pemegangnya mengambil nomor baru."
            ).format(labels=", ".join(found.newer))
        )
    command = TakeBackDay(cancel_newer=bool(found.newer))
    said = _("Nomor yang kembali: {n}.").format(n=len(found.back))
    yes = (_("Batalkan penutupan"), lambda: host.perform(command, told=said))
    dialogs.ask(host.window, host.theme, question, "\n".join(words), yes, _("Nanti"))


def _last_closing(office: Office) -> take_back.Closing | None:
    return office.read(lambda tx: take_back.last_closing(tx, office.clock()))
