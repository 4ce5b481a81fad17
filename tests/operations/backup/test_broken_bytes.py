"""Whatever a disk, a stick or a stranger made of the office's files: words, and nothing half."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import example, given, strategies as st
from typing_extensions import override

from tests.examples import examples
from tests.office import calls_after, give_up_after, make_office, open_office, sign_in
from tests.operations.town import Town, busy_day
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.db.backup import journals
from ult_desktop.db.office import services
from ult_desktop.db.store import damage_flag, store
from ult_desktop.operations.backup.restoring import RestoreReport, RestoreRequest, restore
from ult_desktop.operations.office.office import Office

pytestmark = pytest.mark.file_only("copies")

KIOSK = Actor(station="kios-1")
NOW = 1_795_225_260_000


class Whole:
    """A small office in the middle of its day: its bytes, who serves there, and a service."""

    def __init__(self, content: bytes, officer: Actor, service: int) -> None:
        self.content = content
        self.filled = [place for place, byte in enumerate(content) if byte]
        self.officer, self.service = officer, service

    @override
    def __repr__(self) -> str:
        return "Whole(…)"


class BrokenOffice(NamedTuple):
    """The bytes, and a place for the broken file."""

    whole: Whole
    path: Path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    path = make_office(tmp_path_factory.mktemp("utuh"))
    office = open_office(path)
    officer, service = sign_in(office), office.read(services.active)[0].id
    office.perform(commands.StaffCounter(counter=1), officer)
    for _number in range(3):
        office.perform(commands.IssueTicket(service_id=service), KIOSK)
    office.perform(commands.CallNext(counter=1), officer)
    office.close()
    return Whole(path.read_bytes(), officer, service)


@pytest.fixture
def bench(whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BrokenOffice]:
    monkeypatch.setattr(store, "DAMAGE_PAUSE_S", 0.0)
    yield BrokenOffice(whole, tmp_path / "office.db")
    shutil.rmtree(tmp_path)


def flipped(whole: Whole, flips: list[tuple[int, int]]) -> bytes:
    broken = bytearray(whole.content)
    for place, bit in flips:
        broken[whole.filled[place % len(whole.filled)]] ^= 1 << bit
    return bytes(broken)


def quietly(act: Callable[[], object]) -> bool:
    """Done, or refused with words; anything else is what this test looks for."""
    try:
        act()
    except UserError as told:
        assert told.what  # noqa: PT017  (refused is as good as read)
        return False
    return True


def work_on(office: Office, bench: BrokenOffice) -> None:
    for look in (office.kiosk_board, office.lobby_board, office.hall_board, office.verify):
        quietly(look)
    quietly(lambda: calls_after(office, 0))
    quietly(lambda: office.counter_board(1))
    for command, by in (
        (commands.IssueTicket(service_id=bench.whole.service), KIOSK),
        (commands.Arrive(counter=1), bench.whole.officer),
        (commands.Finish(counter=1), bench.whole.officer),
    ):
        before = bench.path.read_bytes()
        done = quietly(lambda command=command, by=by: office.perform(command, by))  # type: ignore[misc]
        quietly(office.last_seq)
        assert done or bench.path.read_bytes() == before, "what was refused left no byte behind"


@pytest.mark.slow
@examples(120)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 7)), min_size=1, max_size=12))
def test_bits_that_turned_over_are_told_and_nothing_is_half_done(
    bench: BrokenOffice, flips: list[tuple[int, int]]
) -> None:
    bench.path.write_bytes(flipped(bench.whole, flips))
    damage_flag.clear_flag(bench.path)
    opened: list[Office] = []
    if quietly(lambda: opened.append(open_office(bench.path))):
        give_up_after(opened[0], 0.2)
        work_on(opened[0], bench)
        opened[0].close()
    elif bench.path.read_bytes() != flipped(bench.whole, flips):
        pytest.fail("a file that does not open was written to")


@examples(25)
@given(st.integers(0, 10**6), st.binary(max_size=40))
@example(0, b"")
def test_a_file_that_was_cut_off_or_goes_on_is_told(bench: BrokenOffice, length: int, tail: bytes) -> None:
    bench.path.write_bytes(bench.whole.content[: length % len(bench.whole.content)] + tail)
    damage_flag.clear_flag(bench.path)
    opened: list[Office] = []
    if quietly(lambda: opened.append(open_office(bench.path))):
        work_on(opened[0], bench)
        opened[0].close()


class Stick:
    """An office that was rebuilt once; `entry` is what one of its kiosks had journalled as done."""

    def __init__(self, folder: Path) -> None:
        self.town = Town(folder)
        busy_day(self.town)
        self.town.close()
        self.folder = folder / "stick"
        self.folder.mkdir()
        self.town.pcs["stick"] = self.folder
        (*_others, self.entry) = journals.read_local(folder / "kios-1" / "journal-kios-1.db")

    def carry(self, line: bytes) -> RestoreReport:
        (self.folder / "kios-1-20000.jsonl").write_bytes(line)
        return restore(self.town.wish("stick", force=True))


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    return Stick(tmp_path)


NUMBERS = st.one_of(st.integers(-(2**70), 2**70), st.sampled_from([0, 1, 2**62, 2**63 - 1, 2**63, 10**30]))
ANYTHING = st.one_of(
    st.none(), st.booleans(), NUMBERS, st.text(max_size=8), st.just("[" * 3000), st.just("{")
)
GIVEN = st.fixed_dictionaries(
    {"seq": NUMBERS, "kind": st.just("ticket.issued"), "subject": NUMBERS},
    optional={"label": st.sampled_from(["Z", "A²", "A003", "A-1", "", "A" + "9" * 30])},
).map(json.dumps)
ARGUMENTS = st.dictionaries(st.sampled_from(["service_id", "priority", "help", "visit_id"]), ANYTHING).map(
    json.dumps
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "request": st.text(max_size=6),
        "name": st.sampled_from(["IssueTicket", "Ask", "Finish", ""]),
        "at": ANYTHING,
        "officer_id": ANYTHING,
        "station": ANYTHING,
        "outcome": st.sampled_from(["done", "open", "refused"]),
        "result": st.one_of(ANYTHING, GIVEN),
        "arguments": st.one_of(ANYTHING, ARGUMENTS),
    },
)


@examples(25)
@given(st.lists(CHANGES, min_size=1, max_size=4), st.binary(max_size=30))
@example([{"result": '{"seq":9,"kind":"ticket.issued","subject":900,"label":"Z"}'}], b"")
@example([{"result": '{"seq":9,"kind":"ticket.issued","subject":0,"label":"A001"}'}], b"")
@example([{"arguments": '{"type":"IssueTicket","service_id":1180591620717411303424}'}], b"\xff")
@pytest.mark.slow
def test_a_journal_on_a_stick_is_done_or_passed_over(
    stick: Stick, changes: list[dict[str, object]], junk: bytes
) -> None:
    entry = msgspec.to_builtins(stick.entry)
    lines = [
        json.dumps({**entry, "request": f"x{number}", **change}).encode()
        for number, change in enumerate(changes)
    ]
    restored = stick.carry(b"\n".join([*lines, junk]))
    assert restored.verdict.ok
    assert all(line.why for line in restored.replayed.refused)


def test_folders_with_the_names_of_journals_are_passed_over(stick: Stick) -> None:
    for name in ("loket-20000.jsonl", "journal-loket.db"):
        (stick.folder / name).mkdir()
    assert list(journals.read_day_files(stick.folder)) == []


@examples(20)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 7)), min_size=1, max_size=4))
def test_a_broken_backup_is_taken_whole_or_not_at_all(
    bench: BrokenOffice, flips: list[tuple[int, int]]
) -> None:
    backup = bench.path.with_name("cadangan.db")
    backup.write_bytes(flipped(bench.whole, flips))
    bench.path.unlink(missing_ok=True)
    wish = RestoreRequest(
        office_file=bench.path, source=backup, own=bench.path.parent / "none", now=NOW, station="uji"
    )
    if not quietly(lambda: restore(wish)):
        assert not bench.path.exists()
        assert not list(bench.path.parent.glob(".*"))
