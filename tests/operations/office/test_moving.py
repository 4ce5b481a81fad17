"""An office moves whole and once: to a server and back, whoever is killed, and with stations at work."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests import engines
from tests.cluster import name_in
from tests.office import PASSWORD, make_office, plain_link, stranger
from tests.operations.office.moving_office import started
from ult_desktop.base import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.db.move import rows
from ult_desktop.db.store.errors import ShareUnreachable, WritesBlocked
from ult_desktop.db.store.moved import NotArrived, OfficeMoved
from ult_desktop.db.store.server_address import office_at, place_of
from ult_desktop.db.visits import documents
from ult_desktop.operations.office.moving import finish_if_moved, follow_moves, move_office
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.own_voice import sign_clips_folder
from ult_desktop.operations.visits.documents import attach_command

pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.by_engine]
# Copied in part, read again, laid and not gone, gone but for its commit, gone and not arrived, arrived.
POINTS = ("note_written:9", "require_same:2", "make:2", "write_mark:4", "_commit_patiently:2", "arrive:2")
DECISIVE = ("make:2", "_commit_patiently:2")
FEW = 20
ROOT = Path(__file__).parents[3]
LOG = """
SELECT seq, at, station, officer_id, kind, area, subject, data, request, chain, level FROM event ORDER BY seq
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_office(tmp_path / "lama")


@pytest.fixture
def server(tmp_path: Path) -> Path:
    """Return an empty database of the server."""
    (tmp_path / "server").mkdir()
    return office_at(engines.new_database(tmp_path / "server").read_text())


def issue(path: Path, station: str = "kios") -> str:
    with closing(open_at(path, station)) as office:
        return office.perform(IssueTicket(service_id=1), Actor(station=station)).ticket.label


def open_at(path: Path, station: str = "uji") -> Office:
    return Office(path, station, Path(place_of_journal(path, station)), timeout_s=5)


def place_of_journal(path: Path, station: str) -> str:
    return str(path.with_name(f"journal-{station}.db"))


def moved(source: Path, target: Path) -> Path:
    office = open_at(source)
    move_office(office, office.sign_in("admin", PASSWORD), target)
    return target


def log_of(path: Path) -> list[tuple[object, ...]]:
    with closing(stranger(path)) as link:
        return [tuple(row) for row in link.execute(LOG).fetchall()]


def labels_of(path: Path) -> list[str]:
    with closing(open_at(path, "baca")) as office:
        return office.read(lambda tx: tx.column("SELECT label FROM ticket ORDER BY id"))


def require_whole(path: Path) -> None:
    with closing(open_at(path)) as office:
        verdict = office.verify()
    assert verdict.ok, verdict.findings


@pytest.mark.file_only("pages")
def test_to_a_server_and_back(source: Path, server: Path, tmp_path: Path) -> None:
    given = [issue(source) for _each in range(3)]
    moved(source, server)
    assert log_of(server) == log_of(source)
    require_whole(server)
    given.append(issue(server))
    back = tmp_path / "baru.db"
    moved(server, back)
    assert log_of(back)[: len(log_of(source))] == log_of(source)
    given.append(issue(back))
    assert labels_of(back) == given
    require_whole(back)
    with closing(open_at(back)) as office:
        kinds = office.read(lambda tx: tx.column("SELECT kind FROM event WHERE kind = 'office.moved'"))
        assert len(kinds) == 2
    for old in (source, server):
        with pytest.raises(OfficeMoved, match="sudah pindah"):
            open_at(old)
        assert follow_moves(old) == back


@pytest.mark.slow
def test_a_station_that_has_the_old_place_open_writes_nothing_there(source: Path, server: Path) -> None:
    with closing(open_at(source, "loket")) as station:
        moved(source, server)
        with pytest.raises(OfficeMoved, match="sudah pindah") as told:
            station.perform(IssueTicket(service_id=1), Actor(station="loket"))
    assert told.value.mark.place == place_of(server)
    assert labels_of(server) == []


@pytest.mark.slow
def test_documents_and_keys_come_along(source: Path, server: Path, tmp_path: Path) -> None:
    scan = tmp_path / "surat.pdf"
    scan.write_bytes(b"%PDF-1.4 rahasia")

    def attached(path: Path) -> None:
        with closing(open_at(path)) as office:
            by = office.sign_in("admin", PASSWORD)
            kept = documents.store(path, scan, office.seal)
            office.perform(attach_command(kept), by)

    def contents(path: Path) -> list[bytes]:
        with closing(open_at(path)) as office:
            office.sign_in("admin", PASSWORD)
            ids = office.read(lambda tx: tx.column("SELECT id FROM document ORDER BY id"))
            rows = [office.read(partial(documents.get, key=each)) for each in ids]
            return [documents.read(path, row, office.keyring) for row in rows]

    attached(source)
    moved(source, server)
    attached(server)
    assert contents(server) == [scan.read_bytes()] * 2
    back = moved(server, tmp_path / "baru.db")
    assert contents(back) == [scan.read_bytes()] * 2
    require_whole(back)


def test_whoever_may_not_moves_nothing(source: Path, server: Path) -> None:
    office = open_at(source)
    with closing(office), pytest.raises(UserError, match="berwenang"):
        move_office(office, Actor(station="kios"), server)
    issue(source)


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_another_office_and_a_second_copy_stay(source: Path, server: Path, tmp_path: Path) -> None:
    other = make_office(tmp_path / "lain")
    with pytest.raises(UserError, match="kantor lain"):
        moved(source, other)
    copy = tmp_path / "salinan.db"
    copy.write_bytes(source.read_bytes())
    with pytest.raises(UserError, match="salinan kantor ini"):
        moved(source, copy)
    moved(source, server)
    with pytest.raises(UserError, match="tempat lama"):
        moved(server, source)
    issue(server)


def test_a_database_with_anything_in_it_stays(source: Path, server: Path) -> None:
    address = server.read_text()
    with psycopg.connect(address) as link:
        link.execute("CREATE TABLE milik_orang (isi text)")
    with pytest.raises(WritesBlocked, match="bukan"):
        moved(source, server)
    issue(source)


@pytest.mark.slow
def test_a_moved_office_is_moved_there_no_second_time(source: Path, server: Path, tmp_path: Path) -> None:
    assert not finish_if_moved(source, server)
    moved(source, server)
    sign_clips_folder(source).mkdir()  # a PC that reaches the old place later
    assert finish_if_moved(source, server)
    assert sign_clips_folder(server).is_dir()
    assert not finish_if_moved(source, tmp_path / "lain.db")


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_a_damaged_log_is_not_carried_on(source: Path, server: Path) -> None:
    issue(source)
    issue(source)
    with closing(plain_link(source)) as link, link:
        link.execute("DROP TRIGGER event_is_append_only")
        link.execute("UPDATE event SET at = at + 1 WHERE seq = 1")
        link.execute(
            "CREATE TRIGGER event_is_append_only BEFORE UPDATE ON event\n"
            "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END"
        )
    with pytest.raises(UserError, match="catatan 1"):
        moved(source, server)
    issue(source)


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_a_server_that_goes_away_leaves_the_office_where_it_was(
    source: Path, server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_at(source)
    by = office.sign_in("admin", PASSWORD)
    seen: list[int] = []

    def cut(done: int, total: int) -> None:
        seen.append(done)
        if done > total // 3:
            engines.server().run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                f" WHERE datname = '{name_in(server.read_text())}'"
            )

    with pytest.raises(UserError, match="tidak menjawab"):
        move_office(office, by, server, progress=cut)
    assert seen
    issue(source)
    moved(source, server)
    issue(server)


def said_to_the_end(station: "subprocess.Popen[str]") -> str:
    """From the same buffer as the first line: what came together with it stands there."""
    assert station.stdin is not None
    assert station.stdout is not None
    station.stdin.close()
    return station.stdout.read()


@contextmanager
def stations(source: Path, count: int = 2) -> Iterator[Callable[[], list[str]]]:
    """Processes that give numbers; the call ends them and answers what was acknowledged."""
    running = [started("give", str(source), f"kios-{nth}") for nth in range(count)]

    def ended() -> list[str]:
        return [label for each in running for label in said_to_the_end(each).split()]

    try:
        for each in running:
            assert each.stdout is not None
            assert each.stdout.readline() == "ready\n"
        yield ended
    finally:
        for each in running:
            with each:
                each.kill()


def killed(source: Path, target: Path, point: str) -> None:
    with started("move", str(source), str(target), point) as mover:
        mover.communicate()
    assert mover.returncode == -signal.SIGKILL, point


def lives_once(source: Path, target: Path) -> Path:
    """Where: at one place alone."""
    here = follow_moves(source)
    other = target if here == source else source
    try:
        open_at(other).close()
    except (OfficeMoved, NotArrived, UserError):
        return here
    raise AssertionError(f"it lives at {here} and {other}")


def through_kills(source: Path, target: Path, points: tuple[str, ...]) -> None:
    for point in points:
        killed(source, target, point)
        if lives_once(source, target) == target:
            return
    with started("move", str(source), str(target)) as mover:
        mover.communicate()
    assert mover.returncode == 0


def judge(source: Path, target: Path, before: list[tuple[object, ...]], acknowledged: list[str]) -> None:
    assert log_of(target)[: len(before)] == before
    assert len(set(acknowledged)) == len(acknowledged), "a number twice"
    assert sorted(labels_of(target)) == sorted(acknowledged)
    require_whole(target)
    assert lives_once(source, target) == target


@pytest.mark.slow
@pytest.mark.parametrize(
    "point",
    [
        *DECISIVE,
        *(pytest.param(each, marks=pytest.mark.slow_night) for each in POINTS if each not in DECISIVE),
    ],
)
def test_killed_on_the_way_it_lives_once(source: Path, server: Path, point: str) -> None:
    given = [issue(source)]
    there = log_of(source)
    through_kills(source, server, (point,))
    judge(source, server, there, given)


@pytest.mark.slow
@pytest.mark.parametrize(
    "last", [*(pytest.param(each, marks=pytest.mark.slow_night) for each in POINTS[-3:-1]), POINTS[-1]]
)
def test_killed_on_the_way_with_stations_at_work(
    source: Path, server: Path, tmp_path: Path, last: str
) -> None:
    with stations(source) as end:
        through_kills(source, server, (*POINTS[:3], last))
        there = log_of(source)
        assert log_of(server)[: len(there)] == there
        through_kills(server, tmp_path / "baru.db", (*POINTS[:3], last))
        acknowledged = end()
    assert len(acknowledged) > FEW
    judge(server, tmp_path / "baru.db", there, acknowledged)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["there", pytest.param("back", marks=pytest.mark.slow_night)])
def test_a_step_that_lasts_too_long_ends_it(
    source: Path, server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The PC slept: its ticks ran on, and its lock may be somebody else's."""
    given = issue(source)
    old, new = source, server
    if way == "back":
        old, new = moved(source, server), tmp_path / "baru.db"
    ticks = iter(range(0, 10**9, rows.LONGEST_STEP_MS + 1))
    with monkeypatch.context() as patch:
        patch.setattr(rows, "ticks_ms", lambda: next(ticks))
        with pytest.raises(ShareUnreachable, match="terlalu lama di satu langkah"):
            moved(old, new)
    assert labels_of(old) == [given]
    assert labels_of(moved(old, new)) == [given]
    require_whole(new)


@pytest.mark.slow_night
def test_a_full_disk_at_the_new_place_leaves_the_office_where_it_was(
    server: Path, source: Path, tmp_path: Path
) -> None:
    """A process of its own whose files may not grow that far: so is a disk full in the middle."""
    given = issue(source)
    moved(source, server)
    new = tmp_path / "baru.db"
    program = (
        "import resource, signal, sys; from pathlib import Path; from contextlib import closing;"
        "from tests.operations.office.test_moving import moved;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000));"
        "moved(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, server, new], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Semua yang sudah tersimpan tetap aman" in done.stderr.splitlines()[-1], done.stderr
    assert not new.exists()
    assert labels_of(server) == [given]
    assert labels_of(moved(server, new)) == [given]
    require_whole(new)
