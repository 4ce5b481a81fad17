"""The order of the playlist, while files come and go."""

from pathlib import Path

from ult_desktop.ui.display.media.media_folder import Medium, Playlist
from ult_desktop.ui.media_files import MediumKind


def picture(name: str, changed: int = 1) -> Medium:
    return Medium(Path(name), MediumKind.PICTURE, changed, 10)


def names(playlist: Playlist, count: int) -> list[str]:
    shown = [playlist.next() for _turn in range(count)]
    return [medium.path.name for medium in shown if medium]


def test_it_goes_round_by_name_as_people_count() -> None:
    playlist = Playlist()
    playlist.update([picture("10 loket.jpg"), picture("2 loket.jpg"), picture("Alur.png")])
    assert names(playlist, 4) == ["2 loket.jpg", "10 loket.jpg", "Alur.png", "2 loket.jpg"]


def test_a_new_file_finds_its_place() -> None:
    playlist = Playlist()
    playlist.update([picture("a.jpg"), picture("c.jpg")])
    assert names(playlist, 1) == ["a.jpg"]
    assert playlist.update([picture("a.jpg"), picture("b.jpg"), picture("c.jpg")]) is False
    assert names(playlist, 2) == ["b.jpg", "c.jpg"]


def test_it_tells_when_what_is_on_has_gone_or_was_replaced() -> None:
    playlist = Playlist()
    playlist.update([picture("a.jpg"), picture("b.jpg")])
    playlist.next()
    assert playlist.update([picture("a.jpg", changed=2), picture("b.jpg")]) is True
    assert names(playlist, 1) == ["b.jpg"]


def test_a_broken_file_is_left_out_until_it_is_another() -> None:
    playlist = Playlist()
    playlist.update([picture("a.jpg"), picture("b.jpg")])
    playlist.drop(picture("a.jpg"))
    assert names(playlist, 2) == ["b.jpg", "b.jpg"]
    playlist.update([picture("a.jpg", changed=2), picture("b.jpg")])
    assert names(playlist, 1) == ["a.jpg"]


def test_broken_files_are_tried_again_when_the_folder_was_away() -> None:
    playlist = Playlist()
    playlist.update([picture("a.jpg")])
    playlist.drop(picture("a.jpg"))
    assert playlist.next() is None
    playlist.forgive()
    assert names(playlist, 1) == ["a.jpg"]


def test_an_empty_folder_shows_nothing() -> None:
    playlist = Playlist()
    playlist.update([])
    assert playlist.next() is None
    assert playlist.current is None
