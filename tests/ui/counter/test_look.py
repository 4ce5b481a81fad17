"""Every state of the counter at every size, in both languages and contrasts."""

import pytest

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import OpenCounter
from tests.ui.look import assert_targets
from tests.ui.written import LEAST, pale
from ult_desktop.base.i18n import use_language
from ult_desktop.core.connection import Connection
from ult_desktop.ui.kit.theme import Contrast

LOOKS: list[tuple[tuple[int, int], str, Contrast]] = [
    ((1366, 768), "id", "light"),
    ((1366, 768), "en", "kontras"),
    ((1920, 1080), "en", "light"),
    ((1920, 1080), "id", "kontras"),
]


@pytest.mark.parametrize(("size", "language", "contrast"), LOOKS)
@pytest.mark.parametrize("state", samples.states(), ids=lambda state: state.name)
def test_queue_page(
    open_counter: OpenCounter,
    picture: Picture,
    state: samples.State,
    size: tuple[int, int],
    language: str,
    contrast: Contrast,
) -> None:
    use_language(language)
    counter = open_counter(state.board, size, contrast)
    if not state.online:
        counter.link.connect_as(Connection.OFFLINE)
    picture(counter.window, f"counter-{state.name}-{size[0]}x{size[1]}-{language}-{contrast}")
    assert counter.window.size().toTuple() == size
    assert_targets(counter.window, 36)
    assert pale(counter.window, LEAST[contrast]) == []


@pytest.mark.parametrize(("size", "language", "contrast"), LOOKS)
def test_a_chosen_row_and_a_message(
    open_counter: OpenCounter, picture: Picture, size: tuple[int, int], language: str, contrast: Contrast
) -> None:
    use_language(language)
    counter = open_counter(samples.board(current=samples.serving()), size, contrast)
    waiting = counter.workspace.queue.side.waiting
    counter.workspace.action_requested.emit("finish")
    counter.workspace.action_requested.emit("finish")
    counter.link.show_board(samples.board(undoable=samples.serving()))
    waiting.view.setCurrentIndex(waiting.model.index(2))
    picture(counter.window, f"counter-baris-dipilih-{size[0]}x{size[1]}-{language}-{contrast}")
    assert all(button.isEnabled() for button in waiting.further_buttons)
