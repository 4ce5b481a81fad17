"""Spoken guidance at the kiosk: what is said of a page, and when."""

import importlib
import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from ult_desktop.base import _, language
from ult_desktop.base.config import KioskConfig
from ult_desktop.devices.voice.reading import Piece, own_clip, read_aloud, spell
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.frame.view_options import ViewOptions
from ult_desktop.ui.kiosk.home.home_page import ChoicePage
from ult_desktop.ui.kiosk.number.taken_page import BigNumber
from ult_desktop.ui.kiosk.parts.card_grid import ServiceCard
from ult_desktop.ui.kiosk.parts.card_plan import InfoCorner
from ult_desktop.ui.kiosk.typing.typing_page import EntryLine, TypingPage
from ult_desktop.ui.kit import widgets
from ult_desktop.ui.office_link.station_setup import OfficeFolder

if TYPE_CHECKING:
    from ult_desktop.devices.voice.guide_voice import GuideVoice
    from ult_desktop.devices.voice.headset import HeadsetWatch


@dataclass(frozen=True)
class SaidLine:
    """A text that is said.

    Args:
        text: the text as it is on the screen.
        clips: the clips to play for a name in the text where no voice can say the name.
        typed: a visitor typed the text, so it is spelt.
    """

    text: str
    clips: tuple[str, ...] = ()
    typed: bool = False

    def pieces(self, language: str, recorded: Collection[str] = ()) -> tuple[Piece, ...]:
        """Return the pieces to play; `recorded`: the office's own clips, each of which says a whole text."""
        if self.typed:
            return spell(self.text, language)
        if own_clip(self.text) in recorded:
            return (Piece(name=self.text, instead=self.clips),)
        return read_aloud(self.text, language, self.clips)


def page_lines(shell: KioskFrame) -> list[SaidLine]:
    """Return title, sentences, news and numbers of the page in sight, without the words on its buttons."""
    head = shell.head
    silent = (head.unit_label, head.office_label, head.clock, shell.taken.paper.caption, *shell.badges)
    tops = [shell.page, shell.head] if shell.page is not None else [shell.head]
    widgets_to_read = [
        widget
        for top in tops
        for widget in top.findChildren(QWidget)
        if widget.isVisible() and not _is_silent(widget, silent, top)
    ]
    widgets_to_read.sort(key=lambda widget: _reading_order(widget, shell))
    return [line for widget in widgets_to_read for line in _lines(widget, shell)]


def focused_lines(shell: KioskFrame, target: QWidget | None) -> list[SaidLine]:
    """Return what is said of the target that has the focus; nothing if it is none of the page's."""
    targets = page_targets(shell)
    if isinstance(target, QAbstractButton) and target in targets:
        return target_lines(target, targets.index(target) + 1)
    return []


def target_to_say(shell: KioskFrame, touched: QWidget | None) -> QAbstractButton | None:
    """Return the target that is to be said before a touch presses it; None if the touch works at once.

    A touch works at once on the loudspeaker, on the page of the PIN, which nobody may hear, and on the page
    "Masih di sana?", except for its button that ends the visit.
    """
    target, question_page = touched, shell.still_there.built
    while target is not None and not isinstance(target, QAbstractButton):
        target = target.parentWidget()
    if target is shell.speaker or shell.page is shell.pin.built:
        return None
    if question_page is not None and shell.page is question_page and target is not question_page.ready_button:
        return None
    return target


def touched_lines(shell: KioskFrame, target: QAbstractButton) -> list[SaidLine]:
    """Return what is said of the target under a finger; the corner of a card counts as its card."""
    targets = page_targets(shell)
    numbered = target.parentWidget() if isinstance(target, InfoCorner) else target
    return target_lines(target, targets.index(numbered) + 1 if numbered in targets else len(targets) + 1)


def target_lines(target: QAbstractButton, place: int) -> list[SaidLine]:
    """Return what is said of a target: its name, its description, whether it is on.

    `place` is its number among the targets of the page, from 1.
    """
    name = target.accessibleName() or target.text()
    if not name:
        return []
    has_words = any(symbol.isalnum() for symbol in name)
    # What is played where no voice says the name.
    clips: tuple[str, ...] = ("pilihan", *(piece.clip for piece in spell(str(place), language())))
    if isinstance(target, ServiceCard) and target.face.badge:
        clips = (_service_clip(),)  # its letter follows in the name of the card
    lines = [SaidLine(name if has_words else _("Tanda baca"), clips)]
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
    """Return the buttons that can be pressed, in reading order, the loudspeaker last.

    A card is one target: its corner is reached from it.
    """
    targets = [
        button
        for button in shell.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and not isinstance(button, InfoCorner)
    ]
    return sorted(targets, key=lambda target: (target is shell.speaker, _reading_order(target, shell)))


def main_target(shell: KioskFrame) -> QAbstractButton | None:
    """Return the target that leads on: the card that skips a choice, or else the filled button."""
    skip_card = shell.page.skip_card() if isinstance(shell.page, ChoicePage) else None
    filled = (target for target in page_targets(shell) if target.property("role") == "primary")
    return skip_card or next(filled, None)


def enter_page(shell: KioskFrame) -> None:
    """Give the focus to the first target on the page itself; without one the focus stays where it is."""
    page = shell.page
    inside = [target for target in page_targets(shell) if page is not None and page.isAncestorOf(target)]
    if inside:
        inside[0].setFocus(Qt.FocusReason.TabFocusReason)


def _service_clip() -> str:
    """Return the clip of the word "layanan", which a letter follows."""
    return "en-service" if language() == "en" else "layanan"


def _lines(widget: QWidget, shell: KioskFrame) -> Iterator[SaidLine]:
    slip = shell.taken.slip
    if widget is slip.service and slip.service.text():  # by its letter, as on its card
        yield SaidLine(
            slip.service.text(), (_service_clip(), *(piece.clip for piece in spell(slip.letter, "id")))
        )
    elif isinstance(widget, EntryLine):
        yield from (SaidLine(widget.text, typed=True),) if widget.text else (SaidLine(_("Kosong")),)
        if widget.words:
            yield SaidLine(widget.words)
    elif isinstance(widget, (QLabel, BigNumber, widgets.Pill)) and widget.text():
        yield SaidLine(widget.text())


def _is_silent(widget: QWidget, silent: tuple[QWidget, ...], top: QWidget) -> bool:
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


log = logging.getLogger(__name__)


def open_guide_voice(parent: QObject) -> "GuideVoice":
    """Open the voice of the guidance, with the system's voice for names.

    Raises:
        ImportError: the system lacks the sound libraries.
    """
    guide = importlib.import_module("ult_desktop.devices.voice.guide_voice")
    speech = importlib.import_module("ult_desktop.devices.voice.speech")
    voice: GuideVoice = guide.GuideVoice(partial(speech.SpeechEngine, parent=parent), parent)
    return voice


def watch_headset(parent: QObject) -> "HeadsetWatch":
    """Watch for headsets whose plugging no keypad reports.

    Raises:
        ImportError: the system lacks the sound libraries.
    """
    watch: HeadsetWatch = importlib.import_module("ult_desktop.devices.voice.headset").HeadsetWatch(parent)
    return watch


class Guidance(QObject):
    """The spoken guidance.

    The guidance is off until a visitor taps the loudspeaker, presses its key or plugs in a headset, and off
    again when the visitor leaves.

    Of the keypad's keys, up and down go through the targets of the page, select presses a target, back goes
    back, and help reads the page once more. Next leads from a service to its requirements, skips a question
    while nothing is typed, and leads elsewhere to the page's main button.

    On the screen the first touch of a target says the target and the second presses it.

    Args:
        window: the kiosk's; `shell` holds its pages.
        config: what the keypad sends.

    Signals:
        said: the `SaidLine`s that are said from now on, as a tuple.
        heard: a sound begins or ends; a visitor who listens is still there.
    """

    said = Signal(object)
    heard = Signal()

    def __init__(self, window: QWidget, shell: KioskFrame, config: KioskConfig) -> None:
        super().__init__(window)
        self._window, self._shell = window, shell
        self.open_voice: Callable[[QObject], GuideVoice] = open_guide_voice
        self.voice: GuideVoice | None = None
        self.on = False
        self._page_lines: set[SaidLine] = set()  # what was last read of the page in sight
        self._pages_shown = 0
        # The target touched last, with its name: a card is used again for another service.
        self._touched: tuple[QWidget, str] | None = None
        self._own_clips: dict[str, Path] = {}
        # The acts of up, down, back, next, select and help: the order of `PadMap.keys`.
        acts: tuple[Callable[[], None], ...] = (
            partial(self._step, -1),
            partial(self._step, 1),
            partial(self._send, Qt.Key.Key_Escape),
            self._next,
            self._select,
            self._read_again,
        )
        pad = config.pad_map
        self._acts = {_key(name): act for names, act in zip(pad.keys, acts, strict=True) for name in names}
        self._acts |= {
            Qt.Key.Key_VolumeUp: partial(self._adjust, "louder"),
            Qt.Key.Key_VolumeDown: partial(self._adjust, "softer"),
        }
        # Plugged in and out; some keypads have no such keys.
        headset_acts = dict(zip(map(_key, pad.headset), (self._begin, self.end), strict=False))
        self._acts |= headset_acts
        # While the guidance is off, help begins it.
        help_keys = pad.keys[-1]
        self._acts_at_rest = {_key(name): self._begin for name in help_keys} | headset_acts
        shell.speaker_touched.connect(self.toggle)
        shell.options.when_built(self._wire_options)
        self._show()

    def use_own_voice(self, folder: Path) -> None:
        """Fetch the office's own recordings from the share."""
        OfficeFolder(folder, self._use_copies, self)

    def toggle(self) -> None:
        """Turn the guidance on, or off again."""
        if self.on:
            self.end()
        else:
            self._begin()

    def say_title(self) -> None:
        """Say the title of the page in sight, for an officer who tries the sound.

        A listening visitor is not interrupted.
        """
        if not self.on and self._can_speak():
            self._say(self._read_page()[:1])

    def end(self) -> None:
        """Stop and reset the voice: the visitor has gone."""
        self.on = False
        if self.voice is not None:
            self.voice.reset()
        self._show()

    def close(self) -> None:
        if self.voice is not None:
            self.voice.close()

    def read_new_page(self) -> None:
        """Read the page or question that came in sight."""
        self._pages_shown += 1
        self._touched = None
        if self.on:
            enter_page(self._shell)
            self._say(self._read_page())

    def read_news(self) -> None:
        """Read what is new on the page in sight: an error, the progress of the paper."""
        if not self.on:
            return
        lines = page_lines(self._shell)
        new_lines = tuple(line for line in lines if line not in self._page_lines and not line.typed)
        self._page_lines = set(lines)
        if new_lines and self.voice is not None:
            self.voice.add(self._pieces(new_lines))
            self.said.emit(new_lines)

    def handle_key(self, event: QKeyEvent) -> bool:
        """Carry out the action of a key of the keypad; return whether the key has one now."""
        if event.type() is not QEvent.Type.KeyPress:
            return False
        act = (self._acts if self.on else self._acts_at_rest).get(Qt.Key(event.key()))
        from_pad = event.modifiers() & Qt.KeyboardModifier.KeypadModifier
        is_typed = event.text().isalnum() and not from_pad  # a scanner and a keyboard send digits too
        if act is None or is_typed:
            return False
        act()
        return True

    def handle_touch(self, place: QPoint) -> bool:
        """Say the target under the finger, or press it if it was said last; return whether there is one."""
        target = target_to_say(self._shell, self._window.childAt(place)) if self.on else None
        if target is None:
            return False
        touched = (target, target.accessibleName() or target.text())
        if touched == self._touched and target.isEnabled():
            self._press(target)
        else:
            self._touched = touched
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self._say(touched_lines(self._shell, target))
        return True

    def _begin(self) -> None:
        if self._can_speak():
            self.on = True
            self._touched = None
            self._show()
            enter_page(self._shell)
            intro = (
                _("Panduan suara menyala."),
                _("Sentuh sekali untuk mendengar, sentuh lagi untuk memilih."),
                _(
                    "Tombol atas dan bawah berpindah. Tombol pilih mengambilnya. Tombol kembali mundur."
                    " Tombol bantuan mengulang. Suara lebih keras atau lebih cepat ada di Tampilan."
                ),
            )
            self._say([*map(SaidLine, intro), *self._read_page()])

    def _can_speak(self) -> bool:
        try:
            if self.voice is None:
                self.voice = self.open_voice(self)
                self.voice.sounded.connect(self.heard)
                self.voice.over.connect(self.heard)
        except ImportError:
            self._show(possible=False)
            return False
        self.voice.recordings = self._own_clips
        return True

    def _show(self, *, possible: bool = True) -> None:
        self._shell.show_speech(on=self.on, possible=possible)

    def _wire_options(self, page: ViewOptions) -> None:
        page.show_speech(on=self.on)
        page.louder.connect(lambda: self._adjust("louder"))
        page.faster.connect(lambda: self._adjust("faster"))

    def _use_copies(self, copies: Path) -> None:
        self._own_clips = {path.stem: path for path in copies.glob("*.wav")}

    def _adjust(self, step: str) -> None:
        if self.voice is not None:
            getattr(self.voice, step)()
        self._read_again()

    def _say(self, lines: Iterable[SaidLine]) -> None:
        said_lines = tuple(lines)
        pieces = self._pieces(said_lines)
        if self.voice is not None and pieces:
            self.voice.language = language()
            self.voice.say(pieces)
        self.said.emit(said_lines)

    def _pieces(self, lines: Iterable[SaidLine]) -> "list[Piece]":
        return [piece for line in lines for piece in line.pieces(language(), self._own_clips)]

    def _read_page(self) -> list[SaidLine]:
        lines = page_lines(self._shell)
        self._page_lines = set(lines)
        return [*lines, *focused_lines(self._shell, self._window.focusWidget())]

    def _focus(self, target: QAbstractButton) -> None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._say(focused_lines(self._shell, target))

    def _step(self, distance: int) -> None:
        targets = page_targets(self._shell)
        if targets:
            focused = self._window.focusWidget()
            place = targets.index(focused) + distance if focused in targets else 0
            self._focus(targets[place % len(targets)])

    def _next(self) -> None:
        focused = self._window.focusWidget()
        if isinstance(focused, ServiceCard) and focused.corner.isVisible():
            focused.corner.click()
            return
        page = self._shell.page
        if isinstance(page, TypingPage) and page is self._shell.writing.built and page.skips:
            # Not the page of the survey's suggestion: what it sends cannot be taken back.
            page.submit()
            return
        name_before = focused.accessibleName()
        main = main_target(self._shell)  # may leaf: then the same card shows another answer
        if main is not None and (focused is not main or main.accessibleName() != name_before):
            self._focus(main)
        else:
            self._step(1)

    def _select(self) -> None:
        target = self._window.focusWidget()
        if not isinstance(target, QAbstractButton):
            self._send(Qt.Key.Key_Return)
        else:
            self._press(target)

    def _press(self, target: QAbstractButton) -> None:
        page, pages_shown = self._shell.page, self._pages_shown
        target.click()
        if self._pages_shown != pages_shown:  # the new page is being read
            return
        if target.isCheckable():
            self._say([state_line(target)])
        elif isinstance(page, TypingPage) and page.keyboard.isAncestorOf(target):
            self._say([SaidLine(page.text, typed=True)] if page.text else [SaidLine(_("Kosong"))])

    def _send(self, key: Qt.Key) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(self._shell.page or self._window, event)

    def _read_again(self) -> None:
        self._say(self._read_page())


def follow_headset(guidance: Guidance, watch: "Callable[[QObject], HeadsetWatch]" = watch_headset) -> None:
    """Let a plugged headset alone begin and end the guidance from now on.

    The watch takes a second to start: call this after the first page is shown.
    """
    try:
        plugged = watch(guidance).plugged
    except ImportError as error:
        log.warning("headsets are not noticed: %s", error)
    else:
        plugged.connect(lambda is_plugged: guidance.toggle() if is_plugged != guidance.on else None)


def _key(name: str) -> Qt.Key:
    combination: QKeyCombination = QKeySequence(name)[0]  # type: ignore[index]  # Qt's stubs lack it
    return combination.key()
