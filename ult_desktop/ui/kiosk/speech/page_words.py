"""The spoken words of a page: its words in reading order, and the target that has the focus."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from ult_desktop.base import _, language
from ult_desktop.devices.voice.reading import Piece, own_clip, read_aloud, spell
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.home.home_page import ChoicePage
from ult_desktop.ui.kiosk.number.number_slip import BigNumber
from ult_desktop.ui.kiosk.parts.card_plan import InfoCorner
from ult_desktop.ui.kiosk.parts.service_card import ServiceCard
from ult_desktop.ui.kiosk.typing.entry_line import EntryLine
from ult_desktop.ui.kit import widgets


@dataclass(frozen=True)
class SaidLine:
    """A text that is said.

    Args:
        text: as it is on the screen.
        instead: clips for a name in it that no voice says.
        typed: a visitor typed it; it is spelt.
    """

    text: str
    instead: tuple[str, ...] = ()
    typed: bool = False

    def pieces(self, language: str, recorded: Collection[str] = ()) -> tuple[Piece, ...]:
        """Return what is heard.

        `recorded` are the office's clips: a text that is one of them is said whole.
        """
        if self.typed:
            return spell(self.text, language)
        if own_clip(self.text) in recorded:
            return (Piece(name=self.text, instead=self.instead),)
        return read_aloud(self.text, language, self.instead)


def page_lines(shell: KioskFrame) -> list[SaidLine]:
    """Return title, sentences, news and numbers of the page in sight, without the words on its buttons."""
    silent = (shell.head.unit_label, shell.head.office_label, shell.head.clock, *shell.signs)
    places = [shell.page, shell.head] if shell.page is not None else [shell.head]
    found = [
        (each, line)
        for place in places
        for each in place.findChildren(QWidget)
        if each.isVisible() and not _below(each, silent, place)
        for line in _lines(each, shell)
    ]
    found.sort(key=lambda pair: _reading_order(pair[0], shell))
    return [line for _each, line in found]


def focused_lines(shell: KioskFrame, target: QWidget | None) -> list[SaidLine]:
    """Return what is said of the target that has the focus; nothing if it is none of the page's."""
    targets = page_targets(shell)
    if isinstance(target, QAbstractButton) and target in targets:
        return target_lines(target, targets.index(target) + 1)
    return []


def target_lines(target: QAbstractButton, place: int) -> list[SaidLine]:
    """Return what is said of the focused target: its name, its description, whether it is on.

    `place` counts from 1.
    """
    name = target.accessibleName() or target.text()
    if not name:
        return []
    says = any(symbol.isalnum() for symbol in name)
    lines = [SaidLine(name if says else _("Tanda baca"), _instead(target, place))]
    if target.accessibleDescription():
        lines.append(SaidLine(target.accessibleDescription()))
    if not target.isEnabled():
        lines.append(SaidLine(_("Tidak tersedia")))
    if target.isCheckable():
        lines.append(state_line(target))
    return lines


def state_line(target: QAbstractButton) -> SaidLine:
    return SaidLine(_("Terpilih") if target.isChecked() else _("Tidak terpilih"))


def page_targets(shell: KioskFrame) -> list[QAbstractButton]:
    """Return what can be pressed, in reading order, the loudspeaker last.

    Cards count, their corners do not.
    """
    targets = [
        each
        for each in shell.findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and not isinstance(each, InfoCorner)
    ]
    return sorted(targets, key=lambda each: (each is shell.speaker, _reading_order(each, shell)))


def main_target(shell: KioskFrame) -> QAbstractButton | None:
    """Return the target that leads on.

    The way past a choice, on whatever page it is, or the filled button.
    """
    past = shell.page.way_past() if isinstance(shell.page, ChoicePage) else None
    filled = (each for each in page_targets(shell) if each.property("role") == "primary")
    return past or next(filled, None)


def enter_page(shell: KioskFrame) -> None:
    """Give the focus to the first target of the page, to the way back only where there is nothing else."""
    page = shell.page
    inside = [each for each in page_targets(shell) if page is not None and page.isAncestorOf(each)]
    if inside:
        inside[0].setFocus(Qt.FocusReason.TabFocusReason)


def _instead(target: QAbstractButton, place: int) -> tuple[str, ...]:
    if isinstance(target, ServiceCard) and target.face.badge:
        return (_service(),)  # its letter follows in the name of the card
    return ("pilihan", *(piece.clip for piece in spell(str(place), language())))


def _service() -> str:
    """Return the clip of the word before a letter."""
    return "en-service" if language() == "en" else "layanan"


def _lines(widget: QWidget, shell: KioskFrame) -> Iterator[SaidLine]:
    slip = shell.taken.slip
    if widget is slip.service and slip.service.text():  # by its letter, as on its card
        yield SaidLine(slip.service.text(), (_service(), *(piece.clip for piece in spell(slip.letter, "id"))))
    elif isinstance(widget, EntryLine):
        yield from (SaidLine(widget.text, typed=True),) if widget.text else (SaidLine(_("Kosong")),)
        if widget.words:
            yield SaidLine(widget.words)
    elif isinstance(widget, (QLabel, BigNumber, widgets.Pill)) and widget.text():
        yield SaidLine(widget.text())


def _below(widget: QWidget, silent: tuple[QWidget, ...], top: QWidget) -> bool:
    """Return whether the widget is one of `silent`, or lies on a button."""
    above: QWidget | None = widget
    while above is not None and above is not top:
        if isinstance(above, QAbstractButton) or above in silent:
            return True
        above = above.parentWidget()
    return False


def _reading_order(widget: QWidget, window: QWidget) -> tuple[int, int]:
    corner = widget.mapTo(window, widget.rect().topLeft())
    return corner.y(), corner.x()
