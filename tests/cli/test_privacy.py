"""Retention, data subjects and breaches from the command line, and what `doctor` says of them."""

from pathlib import Path

import msgspec
import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD, open_office, store_of
from tests.operations.privacy import old_papers
from tests.program import CommandResult
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.privacy.breaches import RecordBreach
from ult_desktop.core.privacy.commands import RegisterSubjectRequest
from ult_desktop.core.privacy.subjects import SubjectKind
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.privacy import retention
from ult_desktop.operations.health.office_checks import check_privacy
from ult_desktop.operations.office.office import Office

LOST = ("Disk hilang", "Jumat malam", "Nama tamu")


def run(desk: CommandLine, *words: object, json: bool = True) -> CommandResult:
    return desk.run(*words, *(["--json"] if json else []), "--database", desk.path)


def fill(path: Path, months: int) -> None:
    office = open_office(path)
    at = office.clock() - months * 31 * DAY_MS
    store_of(office).write(lambda tx: old_papers.everything(tx, at))
    office.close()


def test_a_row_within_a_row_is_read_without_brackets(desk: CommandLine) -> None:
    answer = desk.run("subject", "register", "penghapusan", "Ani Guru", "--database", desk.path).out
    assert "Ani Guru" in answer
    assert not [sign for sign in ("{", "'", "None", "False") if sign in answer]


def test_nothing_goes_without_yes(desk: CommandLine) -> None:
    fill(desk.path, 62)
    before = desk.path.read_bytes()
    shown = {row["kind"]: row for row in run(desk, "retention", "show").rows}
    assert (shown["name"]["months"], shown["identity"]["due"]) == (12, 1)
    assert "jatuh tempo 2" in run(desk, "retention", "show", json=False).out
    for words in (("--dry-run",), ()):
        due = run(desk, "retention", "run", *words).rows
        assert {row["field"] for row in due} >= {"guest.phone", "casefile.detail", "desk_entry.text"}
        assert all(row["oldest"] for row in due)
    assert "retention run --yes" in run(desk, "retention", "run", json=False).out
    both = run(desk, "retention", "run", "--dry-run", "--yes")
    assert (both.code, "tidak dapat dipakai bersama" in both.err) == (2, True)
    assert desk.path.read_bytes() == before


def test_with_yes_it_goes_and_is_told(desk: CommandLine) -> None:
    fill(desk.path, 62)
    done = run(desk, "retention", "run", "--yes").row
    assert (done["files"], done["counts"]["identity"]) == (2, 1)
    assert [row["id"] for row in run(desk, "retention", "history").rows] == [1]
    assert "selesai" in run(desk, "retention", "history", json=False).out
    assert {row["kind"] for row in run(desk, "retention", "erased", 1).rows} == {
        "case",
        "contact",
        "letter",
        "name",
    }
    assert "Nama dan pekerjaan tamu: " in run(desk, "retention", "erased", 1, json=False).out
    assert run(desk, "retention", "run", "--yes", json=False).out.count("0 baris") == 1
    assert run(desk, "retention", "run", json=False).out == "Tidak ada yang dihapus.\n"
    refused = desk.run("retention", "run", "--yes", "--officer", "siti", "--database", desk.path)
    assert (refused.code, "tidak berwenang" in refused.err) == (1, True)


def test_an_interrupted_run_is_told(desk: CommandLine) -> None:
    office = open_office(desk.path)
    store_of(office).write(lambda tx: retention.begin_run(tx, office.clock(), 1))
    office.close()
    assert "belum selesai" in run(desk, "retention", "history", json=False).out
    assert run(desk, "retention", "history").row["ended_at"] is None


def test_a_data_subject_from_the_first_word_to_the_end(desk: CommandLine, tmp_path: Path) -> None:
    fill(desk.path, 14)
    run(desk, "subject", "register", "penghapusan", "Ani Guru", "--contact", "0811")
    assert run(desk, "subject", "search", "RAHA").rows[0]["name"] == "RAHASIA"
    assert run(desk, "subject", "contact", 1).row["contact"] == "0811"
    run(desk, "subject", "verify", 1, "kartu_identitas")
    run(desk, "subject", "attach", 1, 5, 4)
    run(desk, "subject", "detach", 1, 4)
    run(desk, "subject", "correct", 1, 5, "phone", "082212345678", "Salah tulis")
    run(desk, "subject", "hold", 1, 5, "Sengketa")
    run(desk, "subject", "release", 1, 5)
    pdf, copy = tmp_path / "salinan.pdf", tmp_path / "salinan.json"
    made = desk.run("subject", "export", 1, "--pdf", pdf, "--json-file", copy, "--database", desk.path)
    assert made.code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    held = msgspec.json.decode(copy.read_bytes())["held"]
    assert {"visit_id": 5, "part": "guest", "field": "phone", "value": "082212345678"} in held
    assert "0822" in desk.run("subject", "export", 1, "--database", desk.path).out
    nowhere = desk.run("subject", "export", 1, "--json-file", tmp_path / "x" / "y", "--database", desk.path)
    assert (nowhere.code, "tidak dapat ditulis" in nowhere.err) == (1, True)
    assert (
        run(desk, "subject", "erase", 1, 5, "Diminta").row["visits"][0]["name"] == "dihapus atas permintaan"
    )
    assert run(desk, "subject", "withdraw", 1).code == 1
    run(desk, "subject", "answer", 1, "sebagian", "Sudah dihapus", "Surel")
    assert [row["number"][:5] for row in run(desk, "subject", "list").rows] == ["0001/"]
    assert run(desk, "subject", "close", 1).row["request"]["outcome"] == "sebagian"
    assert run(desk, "subject", "list").rows == []
    assert "0001/SDP/" in run(desk, "subject", "list", "--year", desk.year, json=False).out
    acts = [act["act"] for act in run(desk, "subject", "show", 1).row["acts"]]
    assert acts[:3] == ["registered", "verified", "attached"]
    assert run(desk, "subject", "show", 99).code == 1


def test_a_breach_from_the_first_word_to_the_end(desk: CommandLine, tmp_path: Path) -> None:
    recorded = run(desk, "breach", "record", *LOST, "--known-at", "2026-01-05 09:00").row
    assert recorded["number"].endswith(f"/INS/{desk.year}")
    assert "bukan waktu" in run(desk, "breach", "record", *LOST, "--known-at", "kemarin").err
    (line,) = run(desk, "breach", "list").rows
    assert line["pace"] == "red"
    assert "LEWAT 3×24 jam" in run(desk, "breach", "list", json=False).out
    assert desk.run("breach", "letter", 1, "subjek", "--database", desk.path).code == 1
    run(
        desk,
        "breach",
        "describe",
        1,
        "--handling",
        "Dilaporkan",
        "--recovery",
        "Sandi diganti",
        "--persons",
        3,
    )
    pdf = tmp_path / "surat.pdf"
    assert desk.run("breach", "letter", 1, "lembaga", "--pdf", pdf, "--database", desk.path).code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert (
        "Upaya penanganan: Dilaporkan"
        in desk.run("breach", "letter", 1, "subjek", "--database", desk.path).out
    )
    for whom in ("subjek", "lembaga"):
        assert run(desk, "breach", "told", 1, whom, "Surat tercatat").code == 0
    assert run(desk, "breach", "close", 1, "Disk dienkripsi").row["lesson"] == "Disk dienkripsi"
    assert [row["id"] for row in run(desk, "breach", "list", "--year", desk.year).rows] == [1]


@pytest.fixture
def head(office: Office) -> Actor:
    return office.sign_in("kepala", PASSWORD)


def test_doctor_says_what_is_due_and_which_clock_ran_out(office: Office, head: Actor) -> None:
    assert [(line.level, line.found) for line in check_privacy(office)] == [
        ("ok", "tidak ada yang jatuh tempo")
    ]
    at = office.clock() - 14 * 31 * DAY_MS
    store_of(office).write(lambda tx: old_papers.everything(tx, at))
    office.perform(RegisterSubjectRequest(kind=SubjectKind.ACCESS, name="Ani"), head)
    what, happened, data = LOST
    late = office.clock() - 4 * DAY_MS
    office.perform(RecordBreach(what=what, happened=happened, data=data, known_at=late), head)
    found = [(line.level, line.found) for line in check_privacy(office)]
    assert found == [
        ("warn", "ada yang jatuh tempo menurut jadwal"),
        ("ok", "1 belum ditutup, 0 lewat 3×24 jam"),
        ("fail", "1 belum ditutup, 1 lewat 3×24 jam"),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("privacy", "ropa"), "Telepon dan surel tamu: Buku tamu: telepon, surel; Janji temu: telepon"),
        (("privacy", "dpia"), "A3 Skala besar: 0 kunjungan dalam 12 bulan terakhir."),
        (("breach", "form"), "Deskripsi: ...."),
    ],
)
def test_the_office_s_papers_of_data_protection(
    desk: CommandLine, tmp_path: Path, words: tuple[str, str], told: str
) -> None:
    shown = desk.run(*words, "--database", desk.path)
    assert (shown.code, told in shown.out) == (0, True), shown.out + shown.err
    sheet = tmp_path / "lembar.pdf"
    assert desk.run(*words, "--database", desk.path, "--pdf", sheet).code == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    refused = desk.run(*words, "--database", desk.path, "--pdf", tmp_path / "tidak" / "ada.pdf")
    assert (refused.code, "tidak dapat ditulis" in refused.err) == (1, True)
