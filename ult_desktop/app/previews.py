"""Pictures of the visitors' screens, drawn by the windows' own widgets.

They are for a person who changes the settings. A counter does not know kiosk and display; this module is
loaded when the first picture is asked for.
"""

from datetime import datetime

from PIL import Image
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from ult_desktop.base import _
from ult_desktop.core.office.template import OfficeTemplate, ServiceTemplate, Words
from ult_desktop.core.queue.boards import LobbyBoard, Service, ServiceQueue
from ult_desktop.core.queue.wait_range import WaitRange
from ult_desktop.devices.printer import escpos_library, layout, model
from ult_desktop.devices.printer.paper import sample_paper
from ult_desktop.devices.virtual_printer.canvas import Canvas, Paper
from ult_desktop.devices.virtual_printer.interpreter import Interpreter
from ult_desktop.devices.virtual_printer.server import PAPER
from ult_desktop.ui.display.screen import LobbyScreen
from ult_desktop.ui.kiosk.parts.card_grid import ServiceCard
from ult_desktop.ui.kiosk.parts.card_plan import CardSizes
from ult_desktop.ui.kiosk.parts.choices import service_face
from ult_desktop.ui.kit import Theme
from ult_desktop.ui.kit.theme import Contrast

# In pixels: the screens for which the pictures are drawn, a card, and its icon and letters.
KIOSK, LOBBY = (648, 1152), (1280, 720)
CARD = (470, 190)
SIZES = CardSizes(80, 34, 24, 28)
WIDTH_MM = 80  # of the paper


def card_picture(service: ServiceTemplate, contrast: Contrast) -> QPixmap:
    """Return the service's card at the kiosk, with three who wait."""
    theme = Theme.for_window("kiosk", *KIOSK, contrast)
    page = QWidget()
    page.setProperty("kind", "page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    theme.apply(page)
    page.resize(*CARD)
    card = ServiceCard(theme, page)
    card.setGeometry(QRect(0, 0, *CARD))
    card.show_face(service_face(_queue(service), 0), SIZES)
    return page.grab()


def lobby_picture(office: OfficeTemplate, contrast: Contrast, now: datetime) -> QPixmap:
    """Return the lobby's screen with the office's words; nothing moves."""
    theme = Theme.for_window("display", *LOBBY, contrast)
    screen = LobbyScreen(theme, lambda: now, moving=False)
    screen.resize(*LOBBY)
    screen.show_board(
        LobbyBoard(
            office=office.office,
            greeting=office.greeting,
            running_text=office.running_text,
            calls=(),
            counters=(),
            lines=tuple(map(_queue, office.services)),
        )
    )
    return screen.grab()


def ticket_picture(office: OfficeTemplate, now: datetime) -> QPixmap:
    """Return the paper that comes out of a printer of the usual width."""
    service = office.services[0].name.indonesian
    paper = sample_paper(office.office, f"A{12:0{office.calling.digits}}", service, now)
    usual = model.model_for("", WIDTH_MM)
    papers: list[Paper] = []
    Interpreter(Canvas(*PAPER[WIDTH_MM]), papers.append).feed(
        escpos_library.encode(layout.commands(paper, usual), usual)
    )
    return pixmap_of(papers[0].image)


def pixmap_of(image: Image.Image) -> QPixmap:
    rgb = image.convert("RGB")
    size = rgb.size
    # `copy`, because QImage does not keep bytes that it is given: https://doc.qt.io/qt-6/qimage.html. Three
    # bytes a pixel are named, because Qt expects lines of a multiple of four.
    return QPixmap.fromImage(QImage(rgb.tobytes(), *size, size[0] * 3, QImage.Format.Format_RGB888).copy())


def _queue(service: ServiceTemplate) -> ServiceQueue:
    return ServiceQueue(
        service=Service(
            id=0,
            prefix=service.prefix,
            name=service.name,
            description=service.description or Words(_("Tanpa penjelasan")),
            category=service.category,
            icon=service.icon,
            requirements=service.requirements,
            minutes=service.minutes,
            fee=service.fee,
            quota=service.quota,
            mechanism=service.mechanism,
            completion=service.completion,
            product=service.product,
            complaints=service.complaints,
        ),
        waiting=3,
        wait=WaitRange(service.minutes, 2 * service.minutes) if service.minutes else None,
        counters_open=1,
    )
