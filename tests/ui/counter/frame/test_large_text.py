"""Text at 130 % where the walk over the pages does not come: boxes, the visitor's tabs, the lock page."""

from collections.abc import Callable

import pytest

from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.actions.test_boxes import BOXES, open_box
from tests.ui.counter.conftest import CounterBench, OpenCounter
from tests.ui.counter.pages.bench import Bench
from tests.ui.look import assert_sound, assert_targets, settle
from tests.ui.shown import theme_of
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.ui.counter.frame.workspaces import TABS
from ult_desktop.ui.counter.pages import VisitTab
from ult_desktop.ui.kit.theme import Contrast

LOOKS: list[tuple[tuple[int, int], str, Contrast]] = [
    ((1280, 720), "id", "light"),
    ((1366, 768), "en", "kontras"),
]
by_look = pytest.mark.parametrize(("size", "language", "contrast"), LOOKS)


@by_look
@pytest.mark.parametrize(("name", "board", "start"), BOXES, ids=[name for name, *_rest in BOXES])
def test_box(
    open_counter: OpenCounter,
    picture: Picture,
    name: str,
    board: CounterBoard,
    start: Callable[[CounterBench], None],
    size: tuple[int, int],
    language: str,
    contrast: Contrast,
) -> None:
    use_language(language)
    counter = open_counter(board, size, contrast)
    theme_of(counter.window).set_text_size(130)
    box = open_box(counter, start)
    picture(box, f"counter-dialog-{name}-130-{size[0]}x{size[1]}")
    box.close()


@by_look
def test_lock(
    open_counter: OpenCounter, picture: Picture, size: tuple[int, int], language: str, contrast: Contrast
) -> None:
    use_language(language)
    counter = open_counter(samples.board(current=samples.serving()), size, contrast)
    theme_of(counter.window).set_text_size(130)
    counter.window.lock.lock()
    picture(counter.window, f"counter-terkunci-130-{size[0]}x{size[1]}")
    assert counter.window.size().toTuple() == size


@by_look
@pytest.mark.parametrize("kind", TABS, ids=lambda kind: kind.name)
def test_tab(
    bench: Bench, kind: type[VisitTab], size: tuple[int, int], language: str, contrast: Contrast
) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    bench.do(commands.StaffCounter(counter=1))
    bench.do(commands.IssueTicket(service_id=1))
    ticket = bench.do(commands.CallNext(counter=1))
    bench.do(commands.Arrive(counter=1))
    use_language(language)
    tab = bench.open_tab(kind, ticket, size, contrast)
    tab.theme.set_text_size(130)
    settle()
    assert_sound(bench.frame)
    assert bench.frame.size().toTuple() == size


@pytest.mark.parametrize("percent", [100, 130])
def test_everything_is_large_enough_to_hit_on_the_smallest_screen(
    open_counter: OpenCounter, percent: int
) -> None:
    counter = open_counter(samples.board(), (1280, 720))
    theme_of(counter.window).set_text_size(percent)
    settle()
    assert_targets(counter.window, 36)
