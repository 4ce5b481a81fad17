"""A thread of Qt's own disconnects from a player while Python's lock is taken: it never asks for it."""

import ctypes
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import PySide6
import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoSink

import ult_desktop
from ult_desktop.devices.voice.guide_voice import GuideVoice
from ult_desktop.devices.voice.player import MediaPlayer
from ult_desktop.devices.voice.player_threads import keep_off_python
from ult_desktop.ui.display.media.media import Film

PACKAGE = Path(ult_desktop.__file__).parent

SOURCE = r"""
#include <unistd.h>
static volatile int watched, over;
void begin(void) { watched = over = 0; }
/* On a thread without Python's lock, as soon as somebody who has it watches. */
void leave(int (*disconnect)(void *, void *, void *, void *), void *sender, void *receiver)
{ while (!watched) usleep(100); disconnect(sender, 0, receiver, 0); over = 1; }
/* With Python's lock: whether the other one got through, 1 s at most. */
int watch(void)
{ watched = 1; for (int i = 0; i < 10000 && !over; i++) usleep(100); return over; }
"""
PARTS = (QAudioOutput, QMediaPlayer, QVideoSink)
Passes = Callable[[QObject], bool]


@pytest.fixture(scope="module")
def passes(tmp_path_factory: pytest.TempPathFactory) -> Passes:
    """Whether a thread disconnects from this object while another one has Python's lock."""
    folder = tmp_path_factory.mktemp("threads")
    source, library = folder / "threads.c", folder / "threads.so"
    source.write_text(SOURCE, encoding="utf-8")
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source], check=True)
    free, locked = ctypes.CDLL(str(library)), ctypes.PyDLL(str(library))
    core = ctypes.CDLL(str(Path(PySide6.__path__[0], "Qt", "lib", "libQt6Core.so.6")))
    disconnect = ctypes.cast(core._ZN7QObject10disconnectEPKS_PKcS1_S3_, ctypes.c_void_p)

    def measure(sender: QObject) -> bool:
        receiver = QTimer()
        sender.destroyed.connect(receiver.stop)
        sides = (ctypes.c_void_p(shiboken6.getCppPointer(each)[0]) for each in (sender, receiver))
        free.begin()
        thread = threading.Thread(target=free.leave, args=(disconnect, *sides))
        thread.start()
        passed = bool(locked.watch())
        thread.join()
        return passed

    return measure


def test_no_player_is_made_without() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    making = [text for text in texts if "QMediaPlayer(self)" in text]
    assert len(making) == 4
    assert all("keep_off_python(" in text for text in making)


@pytest.mark.slow  # `--all` installs the compiler
@pytest.mark.posix_only("names in a library")
@pytest.mark.no_qt_log
@pytest.mark.parametrize("make", PARTS)
def test_an_object_made_in_python_is_asked_once(passes: Passes, make: type[QObject]) -> None:
    assert not passes(make()), "PySide no longer asks: `keep_off_python` may go"
    made = make()
    keep_off_python(made)
    assert passes(made)


@pytest.mark.slow  # `--all` installs the compiler
@pytest.mark.posix_only("names in a library")
@pytest.mark.no_qt_log
@pytest.mark.parametrize("owner", [Film, MediaPlayer, GuideVoice])
def test_every_part_of_every_player_was_asked(passes: Passes, owner: type[QObject]) -> None:
    playing = owner()
    found = [part for kind in PARTS for part in playing.findChildren(kind)]
    assert len(found) >= 2
    assert all(map(passes, found))
