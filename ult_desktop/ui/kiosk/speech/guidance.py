"""Spoken guidance: every page is read aloud, and six keys work the kiosk."""

import importlib
import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from ult_desktop.base import _, language
from ult_desktop.base.config import KioskConfig
from ult_desktop.ui.kiosk.frame.shell import KioskFrame
from ult_desktop.ui.kiosk.frame.view_options import ViewOptions
from ult_desktop.ui.kiosk.parts.service_card import ServiceCard
from ult_desktop.ui.kiosk.speech.page_words import (
    SaidLine,
    enter_page,
    focused_lines,
    main_target,
    page_lines,
    page_targets,
    state_line,
)
from ult_desktop.ui.kiosk.typing.typing_page import TypingPage
from ult_desktop.ui.office_link.office_folder import OfficeFolder

if TYPE_CHECKING:
    from ult_desktop.devices.voice.guide_voice import GuideVoice
    from ult_desktop.devices.voice.headset import HeadsetWatch
    from ult_desktop.devices.voice.reading import Piece

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

    It is off until a visitor taps the loudspeaker, presses its key or plugs in a headset, and off again after
    the visitor.

    Up and down go through everything that can be pressed, select presses it, back goes back, help reads the
    page once more. Next leads from a service to its requirements, past a question to which nothing was typed,
    and elsewhere to the page's main button.

    Args:
        window: the kiosk's; `shell` holds its pages.
        config: what the keypad sends.

    Signals:
        said: the `SaidLine`s that begin to be heard, as a tuple.
        heard: a sound begins or ends; a visitor who listens has not gone.
    """

    said = Signal(object)
    heard = Signal()

    def __init__(self, window: QWidget, shell: KioskFrame, config: KioskConfig) -> None:
        super().__init__(window)
        self._window, self._shell = window, shell
        self.open_voice: Callable[[QObject], GuideVoice] = open_guide_voice
        self.voice: GuideVoice | None = None
        self.on = False
        self._told: set[SaidLine] = set()
        self._shown = 0
        self._own: dict[str, Path] = {}
        acts: tuple[Callable[[], None], ...] = (
            *(partial(self._step, -1), partial(self._step, 1), partial(self._send, Qt.Key.Key_Escape)),
            *(self._next, self._select, self._read_again),
        )
        pad = config.pad_map
        self._acts = {_key(name): act for names, act in zip(pad.keys, acts, strict=True) for name in names}
        self._acts |= {
            Qt.Key.Key_VolumeUp: partial(self._adjust, "louder"),
            Qt.Key.Key_VolumeDown: partial(self._adjust, "softer"),
        }
        plugged = dict(zip(map(_key, pad.headset), (self._begin, self.end), strict=False))
        self._at_rest = {_key(name): self._begin for name in pad.keys[-1]} | plugged
        self._acts |= plugged
        shell.speaker_touched.connect(self.turn)
        shell.options.when_made(self._wire_options)
        self._show()

    def use_own_voice(self, folder: Path) -> None:
        """Fetch the office's own recordings from the share."""
        OfficeFolder(folder, self._take_own, self)

    def turn(self) -> None:
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
            self._say(self._page()[:1])

    def end(self) -> None:
        """Stop and reset the voice: the visitor has gone."""
        self.on = False
        if self.voice is not None:
            self.voice.reset()
        self._show()

    def close(self) -> None:
        if self.voice is not None:
            self.voice.close()

    def page_shown(self) -> None:
        """Read the page or question that came in sight."""
        self._shown += 1
        if self.on:
            enter_page(self._shell)
            self._say(self._page())

    def page_grew(self) -> None:
        """Read what the page in sight says more than before: an error, the progress of the paper."""
        if not self.on:
            return
        lines = page_lines(self._shell)
        more = tuple(line for line in lines if line not in self._told and not line.typed)
        self._told = set(lines)
        if more and self.voice is not None:
            self.voice.add(self._pieces(more))
            self.said.emit(more)

    def takes(self, event: QKeyEvent) -> bool:
        """Return whether the key is one of the six and means something now."""
        if event.type() is not QEvent.Type.KeyPress:
            return False
        act = (self._acts if self.on else self._at_rest).get(Qt.Key(event.key()))
        from_pad = event.modifiers() & Qt.KeyboardModifier.KeypadModifier
        elsewhere = event.text().isalnum() and not from_pad  # a scanner and a keyboard send digits too
        if act is None or elsewhere:
            return False
        act()
        return True

    def _begin(self) -> None:
        if self._can_speak():
            self.on = True
            self._show()
            enter_page(self._shell)
            self._say([SaidLine(_("Panduan suara menyala.")), SaidLine(_intro()), *self._page()])

    def _can_speak(self) -> bool:
        try:
            if self.voice is None:
                self.voice = self.open_voice(self)
                self.voice.sounded.connect(self.heard)
                self.voice.over.connect(self.heard)
        except ImportError:
            self._show(possible=False)
            return False
        self.voice.own = self._own
        return True

    def _show(self, *, possible: bool = True) -> None:
        self._shell.show_speech(on=self.on, possible=possible)

    def _wire_options(self, page: ViewOptions) -> None:
        page.show_speech(on=self.on)
        page.louder.connect(lambda: self._adjust("louder"))
        page.faster.connect(lambda: self._adjust("faster"))

    def _take_own(self, copies: Path) -> None:
        self._own = {path.stem: path for path in copies.glob("*.wav")}

    def _adjust(self, step: str) -> None:
        if self.voice is not None:
            getattr(self.voice, step)()
        self._read_again()

    def _say(self, lines: Iterable[SaidLine]) -> None:
        told = tuple(lines)
        pieces = self._pieces(told)
        if self.voice is not None and pieces:
            self.voice.language = language()
            self.voice.say(pieces)
        self.said.emit(told)

    def _pieces(self, lines: Iterable[SaidLine]) -> "list[Piece]":
        return [piece for line in lines for piece in line.pieces(language(), self._own)]

    def _page(self) -> list[SaidLine]:
        lines = page_lines(self._shell)
        self._told = set(lines)
        return [*lines, *focused_lines(self._shell, self._window.focusWidget())]

    def _focus(self, target: QAbstractButton) -> None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._say(focused_lines(self._shell, target))

    def _step(self, by: int) -> None:
        targets = page_targets(self._shell)
        if targets:
            here = self._window.focusWidget()
            at = targets.index(here) + by if here in targets else 0
            self._focus(targets[at % len(targets)])

    def _next(self) -> None:
        here = self._window.focusWidget()
        if isinstance(here, ServiceCard) and here.corner.isVisible():
            here.corner.click()
            return
        page = self._shell.page
        if isinstance(page, TypingPage) and page is self._shell.writing.made and page.skips:
            page.submit()  # what nobody can take back, a survey, is only sent by its button
            return
        before = here.accessibleName()
        main = main_target(self._shell)
        if main is not None and (here is not main or main.accessibleName() != before):  # or leafed to it
            self._focus(main)
        else:
            self._step(1)

    def _select(self) -> None:
        target = self._window.focusWidget()
        if not isinstance(target, QAbstractButton):
            self._send(Qt.Key.Key_Return)
            return
        page, shown = self._shell.page, self._shown
        target.click()
        if self._shown != shown:  # what came is being read
            return
        if target.isCheckable():
            self._say([state_line(target)])
        elif isinstance(page, TypingPage) and page.keyboard.isAncestorOf(target):
            self._say([SaidLine(page.text, typed=True)] if page.text else [SaidLine(_("Kosong"))])

    def _send(self, key: Qt.Key) -> None:
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(self._shell.page or self._window, event)

    def _read_again(self) -> None:
        self._say(self._page())


def follow_headset(guidance: Guidance, watch: "Callable[[QObject], HeadsetWatch]" = watch_headset) -> None:
    """Let a plugged headset alone begin and end the guidance from now on.

    The watch takes a second to start: not before the first page.
    """
    try:
        plugged = watch(guidance).plugged
    except ImportError as error:
        log.warning("headsets are not noticed: %s", error)
    else:
        plugged.connect(lambda there: guidance.turn() if there != guidance.on else None)


def _intro() -> str:
    return _(
        "Tombol atas dan bawah berpindah. Tombol pilih mengambilnya. Tombol kembali mundur."
        " Tombol bantuan mengulang. Suara lebih keras atau lebih cepat ada di Tampilan."
    )


def _key(name: str) -> Qt.Key:
    combination: QKeyCombination = QKeySequence(name)[0]  # type: ignore[index]  # Qt's stubs lack it
    return combination.key()
