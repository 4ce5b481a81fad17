"""Personal text in clear: the office logs each opening, and a box shows the text for a minute."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.online.online_request import OnlineRequest
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy import commands, subjects
from ult_desktop.core.visits.visit import Guest
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.detail import DetailAction, Fact, Facts

CLEAR_MS = 60_000  # how long text is shown in clear


def may_open(host: PageHost) -> bool:
    return host.actor.may(Permission.OPEN_PERSONAL)


def open_visit(host: PageHost, visit_id: int, then: Callable[[subjects.OpenedVisit], object]) -> None:
    """Open a visit's personal data, and call `then` with it. Without the office's keys this is refused."""
    host.perform(commands.OpenPersonal(visit_id=visit_id), then)


def show_contacts(host: PageHost, visit_id: int) -> None:
    """Show a visit's contacts in clear in a box."""

    def show(opened: subjects.OpenedVisit) -> None:
        guest = opened.card.guest
        show_clear(host, guest.name if guest else _("Data pribadi"), personal_facts(opened))

    open_visit(host, visit_id, show)


def contact_action(guest: Guest | OnlineRequest | None, host: PageHost) -> list[DetailAction]:
    """Return the eye button, if the guest's contacts are masked and this officer may open them; else []."""
    if guest is None or not (is_masked(guest.phone) or is_masked(guest.email)) or not may_open(host):
        return []
    show = partial(show_contacts, host, guest.visit_id)
    return [DetailAction("contact", _("Tampilkan kontak"), "eye", show, is_aside=True)]


def show_clear(host: PageHost, title: str, clear: Sequence[Fact]) -> dialogs.Box:
    """Show facts in clear in a box that closes by itself after a minute."""
    box = dialogs.Box(host.window, host.theme, title, ("eye", "blue"))
    facts = Facts(host.theme)
    facts.show_facts(clear)
    box.words.addWidget(facts)
    box.say(_("Pembukaan ini dicatat. Jangan disalin ke luar keperluan layanan."))
    box.add_button(_("Tutup"), "primary", lambda: None).setFocus()
    hide_timer(box, box.close).start()
    box.open()
    return box


def hide_timer(owner: QObject, hide: Callable[[], object]) -> QTimer:
    """Make the timer for text shown in clear. A minute after its start it calls `hide`."""
    timer = QTimer(owner, singleShot=True, interval=CLEAR_MS)
    timer.timeout.connect(hide)
    return timer


def personal_facts(opened: subjects.OpenedVisit) -> list[Fact]:
    """Return the contacts and addresses of a visit, which are masked elsewhere."""
    guest, information = opened.card.guest, opened.information
    recipients = dict.fromkeys(sent.recipient for sent in opened.deliveries if sent.recipient)
    return [
        Fact(_("Telepon"), guest.phone if guest else ""),
        Fact(_("Surel"), guest.email if guest else ""),
        Fact(_("Kontak pemohon"), information.contact if information else ""),
        Fact(_("Alamat"), information.address if information else ""),
        Fact(_("Disampaikan kepada"), ", ".join(recipients)),
    ]
