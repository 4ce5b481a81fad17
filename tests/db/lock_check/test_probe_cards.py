"""Cards by which stations say to each other beside the office file that they are there."""

from pathlib import Path

import pytest

from ult_desktop.db.lock_check.probe_round import ProofCard, ProofCardBox


@pytest.fixture
def box(tmp_path: Path) -> ProofCardBox:
    made = ProofCardBox(tmp_path / "office.db", "kios 1", "pc/1")
    made.open()
    return made


def test_a_card_is_read_by_the_others(box: ProofCardBox, tmp_path: Path) -> None:
    other = ProofCardBox(tmp_path / "office.db", "tv", "pc-2")
    box.write(ask="tv", round="r1", step="hold")
    box.write(step="committed")
    card = ProofCard(station="kios 1", host="pc/1", beat=2, ask="tv", round="r1", step="committed")
    assert list(other.others()) == [card]
    assert other.card_of(card) == card
    assert list(box.others()) == [], "its own"


def test_cards_of_the_same_computer_and_broken_ones_are_passed_over(
    box: ProofCardBox, tmp_path: Path
) -> None:
    ProofCardBox(tmp_path / "office.db", "loket-1", "pc/1").write()
    box.folder.joinpath("x.y.json").write_text("{")
    box.folder.joinpath("x.w.json").write_text('{"station": "' + "w" * 200_000 + '", "host": "x"}')
    assert list(box.others()) == []
    assert box.card_of(ProofCard(station="y", host="x")) is None
    assert box.card_of(ProofCard(station="w", host="x")) is None, "none is so long"
    assert box.card_of(ProofCard(station="z", host="x")) is None


def test_what_a_killed_run_left_is_cleared_away(box: ProofCardBox) -> None:
    own, others = box.round_file("pc/1", "r1"), box.round_file("pc-2", "r1")
    stuck = box.round_file("pc/1", "r2")
    stuck.mkdir()
    for leftover in (own, own.with_name(f"{own.name}-journal"), others):
        leftover.touch()
    box.open()
    assert sorted(path.name for path in box.folder.glob("*.db*")) == ["pc-1-r2.db", "pc-2-r1.db"]
