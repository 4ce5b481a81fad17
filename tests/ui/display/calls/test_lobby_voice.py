"""The voice is loaded, or done without; calls never wait for it."""

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ult_desktop.devices.voice.announcer import Announcer
from ult_desktop.devices.voice.choice import VoiceChoice, VoiceSource, VoiceState
from ult_desktop.ui.display.calls.announcements import LobbyVoice
from ult_desktop.ui.display.media.media_folder import MediaFolder
from ult_desktop.ui.office_link.tasks import Tasks

HEARD = {VoiceState.READY, VoiceState.SILENT, VoiceState.NO_MULTIMEDIA}
CHOICE = VoiceChoice(source=VoiceSource.CHIME)


@pytest.fixture
def files() -> Iterator[Tasks[MediaFolder]]:
    made = Tasks(partial(MediaFolder, None))
    yield made
    made.close()


def opened(voice: LobbyVoice, files: Tasks[MediaFolder], qtbot: QtBot) -> Announcer:
    with qtbot.waitSignal(voice.ready) as ready:
        voice.load(files)
    announcer: Announcer = ready.args[0]
    return announcer


def test_the_voice_is_loaded(files: Tasks[MediaFolder], qtbot: QtBot) -> None:
    announcer = opened(LobbyVoice(CHOICE), files, qtbot)
    assert announcer.status.state in HEARD


def test_a_pack_on_a_share_that_hangs_is_done_without(
    files: Tasks[MediaFolder], qtbot: QtBot, tmp_path: Path
) -> None:
    share = threading.Event()
    files.run(lambda _folder: share.wait(10))
    voice = LobbyVoice(VoiceChoice(pack=tmp_path), timeout_ms=20)
    announcer = opened(voice, files, qtbot)
    assert announcer.status.state in {VoiceState.NO_PACK, VoiceState.SILENT, VoiceState.NO_MULTIMEDIA}
    share.set()
    with qtbot.assertNotEmitted(voice.ready):  # what comes too late changes nothing
        qtbot.waitUntil(lambda: files.pending == 0)
