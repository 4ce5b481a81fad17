"""Which new sound output is somebody's headset."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ult_desktop.devices.voice.headset import HeadsetWatch, output_names


def test_a_headset_that_comes_and_goes(qapp: QApplication) -> None:
    parent, names = QObject(), ["Speakers (Realtek)", "Headphones of the office"]
    watch = HeadsetWatch(parent, lambda: names)
    told: list[bool] = []
    watch.plugged.connect(told.append)
    for there in (
        [*names, "HDMI (TV)"],
        [*names, "HDMI (TV)", "Headset (USB Audio)"],
        [*names, "Headset (USB Audio)"],
        names[:],
    ):
        names[:] = there
        watch.devices.audioOutputsChanged.emit()
    assert told == [True, False]


def test_the_systems_own_are_asked(qapp: QApplication) -> None:
    assert all(isinstance(name, str) for name in output_names())
