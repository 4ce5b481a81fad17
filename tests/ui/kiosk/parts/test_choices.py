"""The choices on each page, and how they read."""

import msgspec
import pytest

from tests.ui.kiosk import samples
from ult_desktop.base.i18n import use_language
from ult_desktop.core.queue.boards import Category
from ult_desktop.ui.kiosk.parts.choices import card_faces, offered_services, page_choices, queue_words


def test_up_to_eight_services_stand_on_the_home_page() -> None:
    board = samples.board()
    assert page_choices(board) == board.lines


def test_more_services_stand_below_their_categories() -> None:
    board = samples.big_board()
    home = page_choices(board)
    assert [each.key for each in home if isinstance(each, Category)] == ["gtk", "data", "umum"]
    assert [each.service.category for each in home if not isinstance(each, Category)] == ["", ""]
    inside = page_choices(board, "gtk")
    assert isinstance(inside[0], Category)
    assert inside[0].key == "nomor"


def test_an_empty_category_is_left_out() -> None:
    board = samples.big_board()
    board = msgspec.structs.replace(
        board, lines=tuple(line for line in board.lines if line.service.category != "umum")
    )
    assert "umum" not in {each.key for each in page_choices(board) if isinstance(each, Category)}


def test_a_category_brings_those_below_it() -> None:
    board = samples.big_board()
    found = {line.service.category for line in offered_services(board, ("gtk",))}
    assert found == {"gtk", "nomor"}


@pytest.mark.parametrize(
    ("waiting", "minutes", "words"),
    [
        (0, None, ("Tidak ada antrean",)),
        (2, None, ("2 antrean",)),
        (3, 12, ("3 antrean", "10–20 menit")),
        (0, 2, ("Tidak ada antrean", "hingga 10 menit")),
    ],
)
def test_the_queue_in_words(waiting: int, minutes: int | None, words: tuple[str, ...]) -> None:
    line = msgspec.structs.replace(samples.lines()[0], waiting=waiting, wait=samples.around(minutes))
    assert queue_words(line) == words


def test_a_service_that_is_not_offered_says_why() -> None:
    face = card_faces(samples.board(), samples.board().lines)[4]
    assert (face.status, face.dim, face.tone) == (("Kuota hari ini habis",), True, "danger")


def test_a_long_wait_is_told_apart_in_tone() -> None:
    tones = [face.tone for face in card_faces(samples.board(), samples.board().lines)]
    assert tones[:2] == ["ok", "warn"]


def test_an_icon_that_nobody_drew_is_replaced() -> None:
    line = samples.lines()[0]
    odd = msgspec.structs.replace(line, service=msgspec.structs.replace(line.service, icon="no-such-icon"))
    assert card_faces(samples.board(), (odd,))[0].icon == "file-text"


def test_a_queue_that_cannot_be_seen_is_not_told() -> None:
    line = msgspec.structs.replace(samples.lines()[0], waiting=0, counted=False)
    assert queue_words(line) == ("Dibuka",)


def test_one_service_is_not_told_in_the_plural() -> None:
    use_language("en")
    board = samples.big_board()
    one = next(line for line in board.lines if line.service.category == "umum")
    others = tuple(line for line in board.lines if line.service.category == "data")
    board = msgspec.structs.replace(board, lines=(one, *others))
    shown = tuple(each for each in board.categories if each.key in ("umum", "data"))
    told = {face.status for face in card_faces(board, shown)}
    assert told == {("1 service",), (f"{len(others)} services",)}
