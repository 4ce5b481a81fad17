"""Anything that a barcode can hold, key by key into the real window on a real office file."""

import random
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.kiosk.lobby import KioskLobby
from tests.ui.shown import all_done
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen

KNOWN = {Screen.HOME, Screen.CODE, Screen.FOUND}
PLACES = (KioskVisit(), KioskVisit().asks_code(CodePurpose.ANY), KioskVisit().asks_code(CodePurpose.BOOK))
HOSTILE = (
    "'; DROP TABLE ticket; --",
    "\x00\x1b[2J",
    "\ud83d",
    "A" * 500,
    "A001",
    "🌺é\u202e",
    "%n{0.__class__}",
)
ALPHABETS = ("A0K7/-. ", "".join(map(chr, range(300))), "".join(map(chr, range(0x2000, 0x2100))))


def strange(dice: random.Random) -> str:
    if dice.random() < 0.3:
        return dice.choice(HOSTILE)
    return "".join(dice.choices(dice.choice(ALPHABETS), k=dice.randrange(60)))


def send(keys: Sequence[str]) -> None:
    """Send as a scanner's keyboard does; characters without a key of their own come as text alone."""
    for text in keys:
        key = Qt.Key.Key_Return if text == "\r" else ord(text) if " " <= text <= "Z" else 0
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target = QApplication.focusWidget()
            if target is not None:
                QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def stands(lobby: KioskLobby) -> tuple[int, int]:
    count = "SELECT (SELECT count(*) FROM ticket), (SELECT count(*) FROM event)"
    ((tickets, events),) = lobby.other.read(lambda tx: tx.rows(count))
    return tickets, events


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_no_barcode_changes_anything_or_ends_the_kiosk(lobby: KioskLobby, seed: int) -> None:
    dice = random.Random(seed)
    lobby.wait_for_home()
    lobby.window.activateWindow()
    lobby.wait(lambda: QApplication.focusWidget() is not None)
    before = stands(lobby)
    for code in (strange(dice) for _scan in range(10)):
        lobby.window.flow.go(dice.choice(PLACES))
        send(f"{code}\r" if dice.random() < 0.9 else code)
        lobby.wait(lambda: all_done(lobby.link))
        assert lobby.window.isVisible()
        assert lobby.window.flow.scene.visit.screen in KNOWN, code
        lobby.window.end_visit()
    assert stands(lobby) == before
