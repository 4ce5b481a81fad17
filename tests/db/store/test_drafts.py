"""Drafts: they outlive the program, are replaced and forgotten, and never wait on the share."""

import os
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tests.clocks import undoubted
from tests.examples import examples
from tests.office import plain_link
from ult_desktop.base.errors import UserError
from ult_desktop.core.office_time import TimeWitnesses
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.store.drafts import KEPT_MS, DraftKey, Drafts

KEY = DraftKey(officer_id=2, form="guest-book", subject="7")
NOW = 1_795_225_260_000


def apart(ahead: int) -> TimeWitnesses:
    """Return a time of the office so far ahead of the log and of this PC's own clock."""
    return TimeWitnesses(now=NOW + ahead, log=NOW, own=NOW)


def test_a_draft_outlives_the_program(tmp_path: Path) -> None:
    first = Drafts(tmp_path / "own" / "drafts.db")
    first.keep(KEY, '{"name": "De"}', NOW)
    first.keep(KEY, '{"name": "Dedi"}', NOW + 500)
    first.close()
    second = Drafts(tmp_path / "own" / "drafts.db")
    assert second.load(KEY) == '{"name": "Dedi"}'
    assert second.load(KEY._replace(officer_id=3)) == "", "nobody else sees it"
    second.forget(KEY)
    assert second.load(KEY) == ""
    second.close()


def test_after_a_week_it_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    first = Drafts(path)
    first.keep(KEY, "{}", NOW)
    first.forget_old(undoubted(NOW + KEPT_MS + 1))
    assert first.load(KEY) == ""
    first.close()


@pytest.mark.parametrize("time", [undoubted(NOW + 365 * DAY_MS), apart(10 * DAY_MS)])
def test_a_clock_that_jumped_takes_no_draft_along(tmp_path: Path, time: TimeWitnesses) -> None:
    """A draft of yesterday is not a year old, nor ten days while this PC's own clock says otherwise."""
    drafts = Drafts(tmp_path / "drafts.db")
    drafts.keep(KEY, '{"a": 1}', NOW)
    drafts.forget_old(time)
    assert drafts.load(KEY) == '{"a": 1}'
    drafts.close()


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(UserError, match="Draf tidak dapat disimpan"):
        Drafts(path)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file", encoding="utf-8")
    with pytest.raises(UserError, match="Draf tidak dapat disimpan"):
        Drafts(tmp_path / "own" / "drafts.db")


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts.db")
    with closing(plain_link(tmp_path / "drafts.db")) as other:
        other.execute("DROP TABLE draft")
    with pytest.raises(UserError, match="Isian di layar") as told:
        drafts.keep(KEY, "{}", NOW)
    assert os.fspath(tmp_path) in told.value.what
    drafts.close()


@examples(40)
@given(st.lists(st.tuples(st.integers(0, 12_287), st.integers(1, 255)), min_size=1, max_size=6))
def test_a_file_with_bytes_turned_over_gives_drafts_or_words(
    tmp_path: Path, flips: list[tuple[int, int]]
) -> None:
    path = tmp_path / "drafts.db"
    path.unlink(missing_ok=True)
    first = Drafts(path)
    first.keep(KEY, "{}", NOW)
    first.close()
    content = bytearray(path.read_bytes())
    for place, mask in flips:
        content[place % len(content)] ^= mask
    path.write_bytes(content)
    try:
        drafts = Drafts(path)
    except UserError as told:
        assert "Draf tidak dapat disimpan" in told.what  # noqa: PT017  (refused is as good as read)
        return
    try:
        assert drafts.load(KEY) in ("", "{}") or drafts.load(KEY).isprintable()
        drafts.keep(KEY, "{}", NOW)
        drafts.forget(KEY)
    except UserError as told:
        assert told.safe  # noqa: PT017  (refused is as good as read)
    drafts.close()


def test_an_altered_draft_is_set_aside_for_a_week(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    drafts, copy = Drafts(path), tmp_path / "drafts.db.altered"
    for text in ("[1]", "[2]"):
        drafts.keep(KEY, text, NOW)
        assert drafts.set_aside(KEY) == copy
        assert drafts.load(KEY) == ""
        other = Drafts(copy)
        assert other.load(KEY) == text
        other.close()
    os.utime(copy, (NOW / 1000, NOW / 1000))
    drafts.forget_old(undoubted(NOW + KEPT_MS))
    assert copy.exists()
    drafts.forget_old(undoubted(NOW + KEPT_MS + 1))
    assert not copy.exists()
    drafts.close()


@pytest.mark.parametrize("years", [-1, 1])
def test_a_clock_that_jumped_takes_no_copy_along(tmp_path: Path, years: int) -> None:
    """Nor what is older than the newest that contradicts it."""
    path, copy = tmp_path / "drafts.db", tmp_path / "drafts.db.altered"
    drafts = Drafts(path)
    drafts.keep(KEY, "[1]", NOW - 30 * DAY_MS)
    drafts.set_aside(KEY)
    drafts.keep(KEY, "[2]", NOW)
    os.utime(copy, ((NOW - 30 * DAY_MS) / 1000,) * 2)
    drafts.forget_old(undoubted(NOW + years * 365 * DAY_MS))
    assert copy.exists()
    drafts.forget_old(undoubted(NOW))
    assert not copy.exists()
    drafts.close()


def test_without_room_for_a_copy_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    drafts = Drafts(path)
    drafts.keep(KEY, "[1]", NOW)
    (tmp_path / "drafts.db.altered").mkdir()
    with pytest.raises(UserError, match="Draf tidak dapat disimpan"):
        drafts.set_aside(KEY)
    drafts.close()
