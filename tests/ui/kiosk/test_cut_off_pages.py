"""While the share is gone every page of the kiosk says so, and stands as it stood."""

from collections.abc import Iterator

import pytest

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.look import assert_sound, settle
from tests.ui.shown import theme_of
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.base.i18n import use_language
from ult_desktop.core.connection import Connection
from ult_desktop.ui.kit.theme import Theme

UPRIGHT, SMALL = (1080, 1920), (1024, 600)
LOOKED_AT = ("home", "closed", "taken", "share-gone")


def words(size: tuple[int, int]) -> str:
    return "x".join(map(str, size))


@pytest.fixture(params=[UPRIGHT, SMALL], ids=words)
def kiosk(request: pytest.FixtureRequest, show: Show) -> Iterator[KioskBench]:
    width, height = request.param
    theme = Theme.for_window("kiosk", width, height)
    stand = bench(
        samples.board(),
        theme,
        config=StationConfig(kiosk=KioskConfig(survey_only="survey" in request.node.name)),
    )
    show(stand.window, width, height)
    yield stand
    stand.window.close()


def says(kiosk: KioskBench) -> str:
    """The sign, as it lies whole in the window."""
    settle()
    (sign,) = [each for each in kiosk.window.shell.badges if each.isVisible()]
    assert sign.fits()
    top = sign.mapTo(kiosk.window, sign.rect().topLeft())
    assert kiosk.window.rect().contains(sign.rect().translated(top))
    assert top.y() >= theme_of(kiosk.window).px(8), "it does not sit on the edge"
    return sign.text()


@pytest.mark.parametrize(
    "kiosk", [pytest.param(UPRIGHT, marks=pytest.mark.slow), SMALL], indirect=True, ids=words
)
def test_every_page_says_so(kiosk: KioskBench, picture: Picture) -> None:
    for shown in tour(kiosk):
        gone = shown.name == "share-gone"
        kiosk.link.connect_as(Connection.OFFLINE if gone else Connection.RECONNECTING)
        assert says(kiosk) == ("terputus" if gone else "memperbarui…"), shown.name
        assert_sound(kiosk.window)
        if shown.name in LOOKED_AT:
            picture(kiosk.window, f"kiosk-cut-off-{shown.name}-{kiosk.window.width()}")
        kiosk.link.connect_as(Connection.ONLINE)
        assert not any(sign.isVisible() for sign in kiosk.window.shell.badges)


def test_in_the_language_of_the_visitor(kiosk: KioskBench) -> None:
    kiosk.link.connect_as(Connection.RECONNECTING)
    words = says(kiosk)
    kiosk.window._steps._switch_language("en")
    assert says(kiosk) != words
    use_language("id")


def test_the_survey_screen_says_so_and_speaks_of_no_number(kiosk: KioskBench) -> None:
    kiosk.link.connect_as(Connection.OFFLINE)
    assert kiosk.window.shell.notice.title.text() == "Survei belum bisa diisi"
    settle()
    assert_sound(kiosk.window)
    kiosk.link.connect_as(Connection.RECONNECTING)
    assert says(kiosk) == "memperbarui…"
