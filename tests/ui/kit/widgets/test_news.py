"""Unasked news is announced: once, in its words, and only when it is new."""

import pytest

from tests.ui.conftest import Show
from tests.ui.display import samples
from ult_desktop.ui.display.calls import call_overlay
from ult_desktop.ui.display.screen import LobbyScreen
from ult_desktop.ui.display.words import CallGroup
from ult_desktop.ui.kit.forms.text_fields import TextField
from ult_desktop.ui.kit.panels import Note
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets import label


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the announcements to the system's assistive programs: PySide lets nobody listen in."""
    heard: list[str] = []
    for module in (label, call_overlay):
        monkeypatch.setattr(module, "announce", lambda _widget, text: heard.append(text))
    return heard


def test_a_note_is_said_when_it_comes(said: list[str]) -> None:
    note = Note(Theme.for_window("counter", 1366, 768))
    assert said == []
    note.say("Laporan tersimpan.")
    note.say("Laporan tersimpan.")
    note.say("")
    assert said == ["Laporan tersimpan."]


def test_a_call_in_the_lobby_is_said(show: Show, said: list[str]) -> None:
    theme = Theme.for_window("display", 1280, 720)
    lobby = LobbyScreen(theme, lambda: samples.MORNING, moving=False)
    show(lobby, 1280, 720)
    lobby.show_calls(CallGroup((samples.call(9),)))
    assert [words for words in said if "A012" in words] == [
        "Nomor dipanggil, A012, Loket 2, Informasi & Konsultasi"
    ]


def test_a_field_tells_its_fault_where_it_is_met() -> None:
    field = TextField(Theme.for_window("counter", 1366, 768), "name", "Nama", required=True)
    assert field.editor.accessibleDescription() == "wajib diisi"
    field.show_error("Wajib diisi.")
    assert field.editor.accessibleDescription() == "Wajib diisi."
    field.show_error("")
    assert field.editor.accessibleDescription() == "wajib diisi"
