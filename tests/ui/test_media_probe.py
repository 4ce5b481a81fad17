"""The means of this PC to see and to hear."""

import pytest
from PySide6.QtGui import QGuiApplication

from ult_desktop.ui.media_probe import probe_media


@pytest.mark.posix_only("no screen")
def test_without_a_display_server_there_is_no_screen(
    qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    screens, _outputs = probe_media()
    assert screens == []


def test_screens_are_told_by_size(qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":77")
    screens, _outputs = probe_media()
    size = qapp.primaryScreen().size()
    assert screens == [f"{size.width()}×{size.height()}"]
