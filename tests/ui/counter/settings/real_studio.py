"""A PC with a microphone: a sound server of this test's own, and the recording kit as a process before it.

`python -m tests.ui.counter.settings.real_studio FOLDER` opens the kit, records a clip as soon as it can, and
tells ten times a second in a line what it says to who sits there.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ult_desktop.ui.counter.settings.screen_group import VoiceRecorder
from ult_desktop.ui.kit.theme import Theme, prepare

ROOT = Path(__file__).parents[4]
PATIENCE_S = 60.0
MICROPHONE, SPEAKER = "mikrofon-uji", "orang"
NODE = (
    f"{{ factory.name=support.null-audio-sink node.name={MICROPHONE} media.class=Audio/Source/Virtual"
    " object.linger=1 audio.position=[ MONO ] priority.session=9000 priority.driver=9000 }"
)


class SoundServer:
    """PipeWire, what decides in it who hears whom, and its road for programs that know PulseAudio."""

    def __init__(self, environment: dict[str, str], ends: ExitStack) -> None:
        self.environment, self._ends = environment, ends
        self._servers = [self._started([name]) for name in ("pipewire", "wireplumber", "pipewire-pulse")]
        self._until_done("pw-cli", "create-node", "adapter", NODE)
        self._until_done("pw-link", "--output", f"{MICROPHONE}:capture_MONO")

    def say(self, sound: Path) -> None:
        """Into the microphone."""
        self._started(["pw-play", "--target=0", "--properties", f"{{ node.name={SPEAKER} }}", str(sound)])
        self._until_done("pw-link", f"{SPEAKER}:output_MONO", f"{MICROPHONE}:input_MONO")

    def end(self) -> None:
        for each in self._servers:
            each.terminate()
            each.wait()

    def _started(self, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, env=self.environment, stdout=quiet, stderr=quiet)
        self._ends.callback(process.wait)
        self._ends.callback(process.terminate)
        return process

    def _until_done(self, *command: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            done = subprocess.run(command, env=self.environment, capture_output=True, check=False)
            if done.returncode == 0:
                return
            assert time.monotonic() < deadline, done
            threading.Event().wait(0.1)


@contextmanager
def sound_server() -> Iterator[SoundServer]:
    """On a session's bus of its own, in a folder whose sockets have short names."""
    session = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    with tempfile.TemporaryDirectory(prefix="ult-") as folder, ExitStack() as ends:
        own = ("XDG_RUNTIME_DIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME")
        environment = {**os.environ, **dict.fromkeys(own, folder)}
        pipe = subprocess.PIPE
        bus = subprocess.Popen(session, env=environment, stdout=pipe, stderr=subprocess.DEVNULL, text=True)
        ends.enter_context(bus)
        ends.callback(bus.terminate)
        assert bus.stdout is not None
        yield SoundServer({**environment, "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}, ends)


class RealKit:
    """The kit's process, seen from the test."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def wait_for(self, words: str) -> None:
        deadline, said = time.monotonic() + PATIENCE_S, ""
        while words not in said:
            assert self._process.stdout is not None
            assert time.monotonic() < deadline, said
            said = self._process.stdout.readline()
            assert said, f"it ended with {self._process.wait()}"


@contextmanager
def real_kit(server: SoundServer, folder: Path) -> Iterator[RealKit]:
    command = [sys.executable, "-m", "tests.ui.counter.settings.real_studio", str(folder)]
    variables = {**server.environment, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True) as process:
        yield RealKit(process)
        process.kill()


def _record_and_tell(kit: VoiceRecorder) -> None:
    if kit.record_button.isEnabled() and not kit.note.words.text():
        kit.record_button.click()
    print(kit.note.words.text(), flush=True)  # noqa: T201


def main(folder: str) -> None:
    application = QApplication([])
    prepare(application)
    theme, window = Theme("counter"), QWidget()
    theme.apply(window)
    window.resize(1366, 768)
    window.show()
    kit = VoiceRecorder(window, theme, Path(folder))
    kit.open()
    every = QTimer(kit, interval=100)
    every.timeout.connect(lambda: _record_and_tell(kit))
    every.start()
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
