"""The lobby TV in every state, at every size, in both languages: looked at and measured."""

import math
from collections.abc import Callable, Iterator
from datetime import time
from functools import partial
from itertools import combinations

import msgspec
import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import Picture, Show
from tests.ui.display import samples
from tests.ui.look import contrast, settle
from tests.ui.shown import theme_of
from tests.ui.written import LEAST, pale, written
from ult_desktop.base import i18n
from ult_desktop.core.connection import Connection
from ult_desktop.core.office.template import ServiceTemplate, Weekly, Words
from ult_desktop.core.queue.boards import LobbyBoard
from ult_desktop.core.queue.lobby import LobbyState
from ult_desktop.core.queue.opening import service_closed_words
from ult_desktop.ui.display.calls.call_overlay import LEAST_SHARE
from ult_desktop.ui.display.panels import LEAST_PX, FitText, least_capitals
from ult_desktop.ui.display.screen import LobbyScreen, StillText
from ult_desktop.ui.display.words import CallGroup
from ult_desktop.ui.kit.theme import Contrast, Theme

SIZES = [(1920, 1080), (1280, 720), (1080, 1920)]
PRIORITY = samples.call(10, "P003", 4, counter_name="Loket Prioritas", priority=True, attempt=2)
SURVEY = "https://survei.kaltara.example/ult/2026"
LONGEST = samples.call(40, "AB1234", 12, service=samples.LONG, counter_name="Loket Legalisasi", priority=True)

by_size = pytest.mark.parametrize(("width", "height"), SIZES, ids=str)
by_language = pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
LANGUAGES = ["id", "en"]


def empty(lobby: LobbyScreen) -> None:
    lobby.show_board(samples.board())


def nobody_waits(lobby: LobbyScreen) -> None:
    """The hall of each morning: the steps are for the first who come."""
    board = samples.board(services=8)
    lines = (msgspec.structs.replace(line, waiting=0) for line in board.lines)
    lobby.show_board(msgspec.structs.replace(board, lines=tuple(lines)))
    assert lobby.stage.media.slide.steps.isVisible()


def normal(lobby: LobbyScreen) -> None:
    lobby.show_board(samples.normal_board())


def calling(lobby: LobbyScreen) -> None:
    normal(lobby)
    lobby.show_calls(CallGroup((samples.call(9),)))


def calling_priority(lobby: LobbyScreen) -> None:
    normal(lobby)
    lobby.show_calls(CallGroup((PRIORITY,)))


TOGETHER = (
    samples.call(9),
    PRIORITY,
    samples.call(7, "L011", 3, counter_name="Loket Data"),
    samples.call(6, "AB12", 1),
)


def calling_three(lobby: LobbyScreen) -> None:
    normal(lobby)
    lobby.show_calls(CallGroup(TOGETHER[:3], place=1))


def calling_many(lobby: LobbyScreen) -> None:
    normal(lobby)
    lobby.show_calls(CallGroup(TOGETHER, place=3, more=2))


def crowded(lobby: LobbyScreen) -> None:
    lobby.show_board(samples.crowded_board())


def calling_longest(lobby: LobbyScreen) -> None:
    crowded(lobby)
    lobby.show_calls(CallGroup((LONGEST,)))


def own_hours(lobby: LobbyScreen) -> None:
    """Two of the services are out of their hours, one with a long name; a third has no numbers left."""
    lines = [samples.service_line(place) for place in range(6)]
    lines[3] = samples.service_line(3, samples.LONG)
    days = Weekly(monday=("08.00-12.00", "13.00-15.00"))
    service = ServiceTemplate(prefix="B", name=samples.LONG, hours=days)
    hours = service_closed_words(service, samples.MORNING.replace(hour=12, minute=30))
    for place, why in ((1, hours), (3, hours), (4, "Kuota hari ini habis")):
        lines[place] = msgspec.structs.replace(lines[place], available=False, why=why)
    lobby.show_board(msgspec.structs.replace(samples.normal_board(), lines=tuple(lines)))


def upcoming(lobby: LobbyScreen) -> None:
    """The next numbers stand where the services stood."""
    lobby.show_board(msgspec.structs.replace(samples.normal_board(), next_up=samples.NEXT))
    for _page in range(lobby.stage.media.slide.table.pages):
        lobby.stage.media.turn_page()
    assert lobby.stage.media.page is lobby.stage.media.upcoming


STANDARD = {
    "mechanism": (
        Words("Ambil nomor; berkas diperiksa di loket; hasil diserahkan", "Take a number; we check"),
    ),
    "completion": (Words("1 hari kerja sejak berkas lengkap", "One working day"),),
    "product": (Words("Surat keterangan", "A letter"),),
    "complaints": (Words("Di loket, lewat (0552) 2022 123, atau www.lapor.go.id", "At the counter"),),
}


def standard(lobby: LobbyScreen) -> None:
    """A service whose standard is written has its turn after the next numbers; the second follows it."""
    board = samples.normal_board()
    written = [
        msgspec.structs.replace(line, service=msgspec.structs.replace(line.service, **STANDARD))
        for line in board.lines[:2]
    ]
    media = lobby.stage.media
    lobby.show_board(msgspec.structs.replace(board, lines=(*written, *board.lines[2:])))
    shown: list[tuple[str, int]] = []
    while len(shown) < 5:
        media.turn_page()
        if media.standard.isVisible():
            rows = sum(row.isVisible() for row in media.standard.rows)
            shown.append((media.standard.title.text(), rows))
    first, second = shown[0][0], shown[2][0]
    assert first != second
    assert shown == [(first, 3), (first, 2), (second, 3), (second, 2), (first, 3)]  # it needs nothing


def at(day: int, clock: time, lobby: LobbyScreen, board: LobbyBoard) -> None:
    """The board at that time of a week that begins with Monday, the 23rd."""
    moment = samples.MORNING.replace(day=day, hour=clock.hour, minute=clock.minute)
    lobby._now = lambda: moment
    office = msgspec.structs.replace(samples.OFFICE, survey_url=SURVEY, phone="(0552) 2022 123")
    lobby.show_board(msgspec.structs.replace(board, office=office, days=samples.DAYS))


def before(lobby: LobbyScreen) -> None:
    at(23, time(7, 5), lobby, samples.board())
    assert lobby.state is LobbyState.BEFORE


def at_noon(lobby: LobbyScreen) -> None:
    at(23, time(12, 25), lobby, samples.normal_board())
    assert lobby.state is LobbyState.BREAK


def ending(lobby: LobbyScreen) -> None:
    at(23, time(16, 5), lobby, samples.normal_board())
    assert lobby.state is LobbyState.ENDING


def closed(lobby: LobbyScreen) -> None:
    at(23, time(19), lobby, samples.board(samples.normal_board().calls, counters=0))
    assert lobby.state is LobbyState.CLOSED
    assert lobby.stage.media.page is lobby.stage.media.hours


def after_hours(lobby: LobbyScreen) -> None:
    """Whoever was here today may still answer."""
    closed(lobby)
    lobby.stage.media.turn_page()
    assert lobby.stage.media.page is lobby.stage.media.survey


def cut_for_long(lobby: LobbyScreen) -> None:
    at(23, time(9, 41), lobby, samples.normal_board())
    lobby.show_connection(Connection.OFFLINE)
    lobby.long_cut.timeout.emit()
    assert lobby.state is LobbyState.CUT_OFF


def cut_off(lobby: LobbyScreen) -> None:
    normal(lobby)
    lobby.show_connection(Connection.RECONNECTING)


def cut_off_calling(lobby: LobbyScreen) -> None:
    """A call that came before goes on to be shown."""
    cut_off(lobby)
    lobby.show_calls(CallGroup((PRIORITY,)))


def not_yet(lobby: LobbyScreen) -> None:
    lobby.show_connection(Connection.OFFLINE)


STATES = [
    *(empty, normal, calling, calling_priority, calling_three, calling_many, crowded, calling_longest),
    nobody_waits,
    *(
        upcoming,
        standard,
        own_hours,
        before,
        at_noon,
        ending,
        closed,
        after_hours,
        cut_off,
        cut_off_calling,
        cut_for_long,
        not_yet,
    ),
]


def lobby_of(width: int, height: int, kontras: Contrast = "light", *, moving: bool = False) -> LobbyScreen:
    theme = Theme.for_window("display", width, height, contrast=kontras)
    return LobbyScreen(theme, lambda: samples.MORNING, moving=moving)


def looks() -> Iterator[pytest.ParameterSet]:
    """Every state at every size in both languages; quick are those in which any two of the three meet."""
    for number, state in enumerate(STATES):
        for place, (width, height) in enumerate(SIZES, start=number):
            for turn, language in enumerate(LANGUAGES, start=place):
                marks = pytest.mark.slow if turn % 2 else ()
                name = f"{state.__name__}-{width}x{height}-{language}"
                yield pytest.param(state, width, height, language, id=name, marks=marks)


@pytest.mark.parametrize(("state", "width", "height", "language"), list(looks()))
def test_every_state_is_whole(
    show: Show, picture: Picture, width: int, height: int, language: str, state: Callable[[QWidget], None]
) -> None:
    i18n.use_language(language)
    lobby = lobby_of(width, height, moving="calling" not in state.__name__)
    show(lobby, width, height)
    state(lobby)
    name = state.__name__.replace("_", "-")
    assert picture(lobby, f"display-{name}-{width}x{height}-{language}").is_file()


@by_size
@pytest.mark.parametrize("state", [normal, calling_priority, cut_off], ids=lambda state: state.__name__)
def test_high_contrast_is_whole(
    show: Show, picture: Picture, width: int, height: int, state: Callable[[QWidget], None]
) -> None:
    lobby = lobby_of(width, height, "kontras", moving=state is not calling_priority)
    show(lobby, width, height)
    state(lobby)
    name = state.__name__.replace("_", "-")
    assert picture(lobby, f"display-kontras-{name}-{width}x{height}").is_file()


@by_size
@pytest.mark.parametrize("state", [calling, calling_priority, calling_longest], ids=lambda s: s.__name__)
def test_the_number_on_call_is_large_and_in_one_line(
    show: Show, width: int, height: int, state: Callable[[QWidget], None]
) -> None:
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    state(lobby)
    image = lobby.grab().toImage()
    number = lobby.overlay.poster.number.box.toAlignedRect()
    ink = lobby.overlay.poster.ink
    rows = [
        y
        for y in range(number.top(), number.bottom() + 1)
        if any(image.pixelColor(x, y) == ink for x in range(0, width, 3))
    ]
    long = state is calling_longest
    assert rows[-1] - rows[0] + 1 >= (LEAST_SHARE * 2 / 3 if long else LEAST_SHARE) * min(width, height)
    assert len(lobby.overlay.poster.number.words.rows) == 1


@pytest.mark.parametrize("kontras", ["light", "kontras"])
def test_all_words_stand_out_from_what_is_behind_them(show: Show, kontras: Contrast) -> None:
    lobby = lobby_of(1280, 720, kontras)
    show(lobby, 1280, 720)
    crowded(lobby)
    assert pale(lobby, LEAST[kontras]) == []
    normal(lobby)
    assert pale(lobby, LEAST[kontras]) == []


@pytest.mark.parametrize("kontras", ["light", "kontras"])
def test_the_number_keeps_its_contrast_over_the_brightest_halo(show: Show, kontras: Contrast) -> None:
    lobby = lobby_of(1280, 720, kontras)
    show(lobby, 1280, 720)
    calling(lobby)
    poster = lobby.overlay.poster
    brightest = poster.ground_at(poster.number.box.center(), light=1.0)
    assert contrast(poster.ink, brightest) >= LEAST[kontras]


def capitals(label: FitText) -> float:
    return QFontMetricsF(label.fitted.font).capHeight()


def ten_counters(lobby: LobbyScreen) -> None:
    """A visitor at each; two of the counters have names, and two numbers are those of a kiosk alone."""
    numbers = [f"{'ABL'[place % 3]}{90 + place:03d}" for place in range(8)]
    calls = tuple(
        samples.call(30 - place, label, 10 - place, counter_name="Loket Prioritas" if place % 4 == 1 else "")
        for place, label in enumerate([*numbers, "AK01", "AB1234"])
    )
    lobby.show_board(msgspec.structs.replace(samples.board(calls, 14, 10), next_up=samples.NEXT))


SCREENS = [(1920, 1080), (1080, 1920), (3840, 2160), (2160, 3840)]


@pytest.mark.parametrize(("width", "height"), SCREENS, ids=str)
def test_what_is_read_from_eight_metres_has_seven_minutes_of_arc(width: int, height: int) -> None:
    """On 43 inches, which are 535 mm from edge to edge across the lines."""
    seen = math.degrees(math.atan(least_capitals(width, height) * 535 / min(width, height) / 8000)) * 60
    assert abs(seen - 7) < 0.01
    assert math.ceil(least_capitals(width, height)) == (33 if min(width, height) == 1080 else 66)


@pytest.mark.parametrize(("width", "height"), SCREENS, ids=str)
@by_language
@pytest.mark.parametrize(
    "state",
    [
        *(before, normal, crowded, ten_counters, own_hours, upcoming, at_noon, ending, closed, after_hours),
        *(cut_off, cut_for_long, not_yet),
        *(calling, calling_priority, calling_three, calling_many, calling_longest),
    ],
    ids=lambda state: state.__name__,
)
def test_all_words_are_read_from_eight_metres(
    show: Show, width: int, height: int, language: str, state: Callable[[QWidget], None]
) -> None:
    """But for the office's names and the date, which nobody waits for."""
    i18n.use_language(language)
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    state(lobby)
    settle()
    least, names = least_capitals(width, height), QRectF(lobby.header.geometry())
    for _turn in range(4):
        texts = [each for each in lobby.findChildren(FitText) if each.isVisible() and each.text()]
        assert not [each.text() for each in texts if each.fitted.elided]
        below = [each for each in texts if not lobby.header.isAncestorOf(each)]
        assert not [(each.text(), capitals(each)) for each in below if capitals(each) < least]
        small = [each for each in written(lobby) if each.capital < least - 0.5]
        assert not [(each.words, each.capital) for each in small if not names.contains(each.box)]
        lobby.stage.media.turn_page()
        settle()


@pytest.mark.parametrize(("width", "height"), [*SIZES, (3840, 2160)], ids=str)
@by_language
def test_a_service_s_own_hours_are_whole(show: Show, width: int, height: int, language: str) -> None:
    i18n.use_language(language)
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    own_hours(lobby)
    settle()
    table, told = lobby.stage.media.slide.table, 0
    for _page in range(table.pages):
        settle()
        rows = [row for row in table.rows if row.isVisible()]
        told += sum(row.waiting.text().count("13.00–15.00") for row in rows)
        texts = [text for row in rows for text in (row.name, row.waiting, row.second) if text.isVisible()]
        assert not [text.text() for text in texts if text.fitted.elided]
        table.turn_page()
    assert told == 2


@by_size
def test_of_ten_counters_no_called_number_is_lost(show: Show, width: int, height: int) -> None:
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    ten_counters(lobby)
    settle()
    calls = lobby.stage.calls
    shown = [card.number for card in calls.cards] + [chip.number for chip in calls.chips.chips]
    assert len({label.text() for label in shown if label.isVisible()}) == 10
    places = [chip.counter.fitted.rows for chip in calls.chips.chips if chip.isVisible()]
    assert not [rows for rows in places if not rows[0][-1].isdigit() and "Prioritas" not in rows[0]]


@by_size
@by_language
@pytest.mark.parametrize("state", [normal, crowded, upcoming], ids=lambda state: state.__name__)
def test_nothing_is_too_small_for_the_lobby(
    show: Show, width: int, height: int, language: str, state: Callable[[QWidget], None]
) -> None:
    i18n.use_language(language)
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    state(lobby)
    assert not [each for each in written(lobby) if each.pixels < LEAST_PX]


@by_language
@pytest.mark.parametrize(("width", "height"), [*SIZES, (3840, 2160)], ids=str)
def test_no_word_of_a_crowded_lobby_is_cut(show: Show, width: int, height: int, language: str) -> None:
    i18n.use_language(language)
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    crowded(lobby)
    settle()
    assert not [each.words for each in written(lobby) if "…" in each.words]
    cards = [card for card in lobby.stage.calls.cards if card.isVisible()]
    assert all(card.counter.text() for card in cards)
    assert all(card.service.isVisible() == bool(card.service.text()) for card in cards)


@by_size
def test_number_and_badge_keep_from_each_other_and_from_the_edge(show: Show, width: int, height: int) -> None:
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    normal(lobby)
    card = next(each for each in lobby.stage.calls.cards if each.priority.isVisible())
    number, badge, least = card.number.geometry(), card.priority.geometry(), theme_of(lobby).px(8)
    painted = card.number.fitted.size.height()
    top = number.top() + (number.height() - painted) / 2
    assert top >= least
    assert badge.top() - (top + painted) >= least / 2
    assert card.height() - badge.bottom() >= least


@by_size
@by_language
def test_a_service_stands_in_the_middle_of_its_row(
    show: Show, width: int, height: int, language: str
) -> None:
    i18n.use_language(language)
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    normal(lobby)
    settle()
    row = next(each for each in lobby.stage.media.slide.table.rows if each.isVisible())
    above = row.waiting.mapTo(row, QPoint(0, 0)).y()
    below = row.height() - row.second.mapTo(row, QPoint(0, row.second.height())).y()
    assert abs(above - below) <= 2
    assert min(above, below) >= theme_of(lobby).px(2)


@by_size
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_the_picture_beside_the_calls_is_whole_or_not_there(
    show: Show, width: int, height: int, count: int
) -> None:
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    lobby.show_board(samples.board(calls=tuple(samples.call(9 - each) for each in range(count))))
    settle()
    for panel in (lobby.stage.calls.empty, lobby.stage.waiting):
        assert panel.icon.isHidden() or not panel.isVisible() or panel.icon.size() == panel.icon.sizeHint()
    assert lobby.stage.calls.empty.words.text()


@by_size
@by_language
def test_calls_in_rows_keep_from_each_other_and_from_the_edge(
    show: Show, width: int, height: int, language: str
) -> None:
    i18n.use_language(language)
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    calling_many(lobby)
    poster = lobby.overlay.poster
    assert [each.words.rows for each in poster.placed if each.is_number] == [("AB12",)]
    painted = [each.painted_box for each in poster.placed]
    frame = QRectF(lobby.rect()).adjusted(*(theme_of(lobby).px(28) * way for way in (1, 1, -1, -1)))
    assert not [box for box in painted if not frame.contains(box)]
    assert not [pair for pair in combinations(painted, 2) if pair[0].intersects(pair[1])]


def test_who_joins_does_not_make_the_edge_flash_again(show: Show) -> None:
    lobby = lobby_of(1280, 720, moving=True)
    show(lobby, 1280, 720)
    lobby.show_calls(CallGroup(TOGETHER[:1]))
    for _frame in range(100):
        lobby.overlay._advance()
    lobby.show_calls(CallGroup(TOGETHER[:2]))
    assert not lobby.overlay.is_framed
    lobby.show_calls(CallGroup(TOGETHER[:2], place=1))
    assert lobby.overlay.is_framed


def test_a_call_flashes_at_its_edge_and_stays_framed_without_motion(show: Show) -> None:
    still, moving = lobby_of(1280, 720), lobby_of(1280, 720, moving=True)
    for lobby in (still, moving):
        show(lobby, 1280, 720)
        calling(lobby)
    seen = []
    for _frame in range(100):
        seen.append(moving.overlay.is_framed)
        moving.overlay._advance()
    flashes = sum(now and not before for before, now in zip([False, *seen], seen, strict=False))
    assert flashes == 3
    assert not seen[-1]
    assert still.overlay.is_framed
    edge = still.overlay.grab().toImage().pixelColor(4, 360)
    assert edge == theme_of(still).color("accent")


def test_the_survey_is_offered_after_hours_alone(show: Show) -> None:
    lobby = lobby_of(1280, 720)
    show(lobby, 1280, 720)
    after_hours(lobby)
    assert not lobby.stage.media.survey.code.isHidden()
    for state in (normal, before, at_noon):
        state(lobby)
        for _turn in range(3):
            lobby.stage.media.turn_page()
            assert lobby.stage.media.page is not lobby.stage.media.survey


INVITES = ("silakan ambil", "silakan duduk", "selamat datang", "sentuh layanan", "ambil karcis")


@pytest.mark.parametrize("state", [before, at_noon, ending, closed, after_hours, cut_for_long])
def test_all_parts_agree_and_nobody_is_invited_while_no_number_is_to_be_had(
    show: Show, state: Callable[[LobbyScreen], None]
) -> None:
    lobby = lobby_of(1920, 1080)
    show(lobby, 1920, 1080)
    normal(lobby)
    state(lobby)
    assert isinstance(lobby.marquee, StillText)
    said = lobby.stage.calls.empty
    assert said.isVisible()
    assert lobby.marquee.words.text() == said.words.text()
    told = []
    for _turn in range(4):
        told += [each.words.lower() for each in written(lobby)]
        lobby.stage.media.turn_page()
        lobby.marquee.turn()
    if state is not cut_for_long:
        assert not [words for words in told if any(invite in words for invite in INVITES)]
    assert not any("belum buka" in words for words in told) or state is ending


def test_the_clock_alone_closes_and_opens(show: Show) -> None:
    """No board comes while the share is gone."""
    lobby = lobby_of(1280, 720)
    show(lobby, 1280, 720)
    at(23, time(11, 59), lobby, samples.normal_board())
    seen = [lobby.state]
    for clock in (time(12), time(12, 59), time(13), time(16), time(18, 1)):
        lobby._now = partial(samples.MORNING.replace, hour=clock.hour, minute=clock.minute)
        lobby.update_state()
        seen.append(lobby.state)
    state = LobbyState
    assert seen == [state.OPEN, state.BREAK, state.BREAK, state.OPEN, state.ENDING, state.CLOSED]
    assert lobby.stage.calls.empty.words.text() == "Layanan sedang tutup"
    assert lobby.stage.calls.empty.hint.text() == "Buka kembali besok pukul 07.30\N{NO-BREAK SPACE}WITA."


def test_in_the_break_who_is_called_keeps_their_number(show: Show) -> None:
    lobby = lobby_of(1280, 720)
    show(lobby, 1280, 720)
    at_noon(lobby)
    assert lobby.stage.calls.shown[0] == "A012"
    assert lobby.stage.calls.empty.words.text() == "Istirahat sampai 13.00"
    assert lobby.stage.calls.empty.hint.text() == "Nomor Anda tetap berlaku. 35 menit lagi"
    i18n.use_language("en")
    at_noon(lobby)
    assert lobby.stage.calls.empty.hint.text() == "Your number is still valid. In 35 minutes"
    i18n.use_language("id")
    at(23, time(12, 25), lobby, samples.board(samples.normal_board().calls, counters=0))
    assert lobby.stage.calls.shown == ()


def test_a_pause_of_the_kiosks_invites_nobody(show: Show) -> None:
    lobby = lobby_of(1280, 720)
    show(lobby, 1280, 720)
    at(23, time(9), lobby, msgspec.structs.replace(samples.board(), kiosk_pause="Kertas habis"))
    assert lobby.state is LobbyState.OPEN
    assert lobby.stage.media.slide.welcome.text() == "Pengambilan nomor dijeda sebentar"
    assert lobby.stage.media.slide.steps.isHidden()
    assert isinstance(lobby.marquee, StillText)
    assert lobby.marquee.words.text() == "Pengambilan nomor dijeda sebentar"


def test_a_short_break_of_the_share_is_a_few_words_beside_the_heading(show: Show) -> None:
    lobby = lobby_of(1920, 1080)
    show(lobby, 1920, 1080)
    cut_off(lobby)
    assert lobby.stage.calls.notice.text() == "memperbarui…"
    assert lobby.stage.calls.title.isVisible()
    lobby.long_cut.timeout.emit()
    assert lobby.stage.calls.notice.isHidden()
    assert lobby.stage.calls.empty.words.text() == "Petugas memanggil dengan suara"
    lobby.show_connection(Connection.ONLINE)
    assert lobby.state is LobbyState.OPEN
    assert not lobby.long_cut.isActive()


def test_the_steps_are_for_an_empty_hall(show: Show) -> None:
    lobby = lobby_of(1280, 720)
    show(lobby, 1280, 720)
    normal(lobby)
    assert lobby.stage.media.slide.steps.isHidden()
    lobby.show_board(msgspec.structs.replace(samples.board(), lines=(samples.service_line(1),)))
    assert lobby.stage.media.slide.steps.isVisible()


@by_language
@pytest.mark.parametrize(("width", "height"), [*SIZES, (3840, 2160)], ids=str)
def test_the_steps_are_whole(show: Show, width: int, height: int, language: str) -> None:
    i18n.use_language(language)
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    nobody_waits(lobby)
    settle()
    assert [text.text() for text in lobby.stage.media.slide.steps.texts if not text.fits()] == []


@by_size
def test_with_less_motion_the_messages_take_turns(
    show: Show, picture: Picture, width: int, height: int
) -> None:
    lobby = lobby_of(width, height)
    show(lobby, width, height)
    normal(lobby)
    picture(lobby, f"display-less-motion-{width}x{height}")
    assert isinstance(lobby.marquee, StillText)
    seen = []
    for _message in samples.RUNNING:
        seen.append(lobby.marquee.words.text())
        assert lobby.marquee.words.fits()
        lobby.marquee.turn()
    assert tuple(seen) == samples.RUNNING


def test_the_running_text_speaks_the_language_of_the_turn(show: Show) -> None:
    """An office's own sentence is told in its own language alone."""
    lobby = lobby_of(1280, 720)
    show(lobby, 1280, 720)
    assert isinstance(lobby.marquee, StillText)
    own = ("Hari ini tutup pukul 15", "Seluruh layanan tidak dipungut biaya")
    for language, words in (("id", own[0]), ("en", "All services are free of charge"), ("id", own[0])):
        i18n.use_language(language)
        lobby.show_board(msgspec.structs.replace(samples.normal_board(), running_text=own))
        assert lobby.marquee.words.text() == words
    i18n.use_language("en")
    lobby.show_board(msgspec.structs.replace(samples.normal_board(), running_text=own[:1]))
    assert lobby.marquee.words.text() == "Please take a queue number at the machine"
