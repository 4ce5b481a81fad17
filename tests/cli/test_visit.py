"""`visit`: everything around a visitor, from the command line."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD
from tests.program import CommandResult
from ult_desktop.cli.common.noun import Noun
from ult_desktop.cli.program import program
from ult_desktop.core.sheet import BlankForm


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "surat.pdf"
    path.write_bytes(b"%PDF-1.4 surat")
    return path


def say(desk: CommandLine, command: str, *words: object, as_json: bool = True) -> CommandResult:
    more = ("--json",) if as_json else ()
    return desk.run("visit", command, *words, "--database", desk.path, *more)


@pytest.fixture
def visit(desk: CommandLine) -> int:
    return int(say(desk, "welcome", "--without", "sapa").row["id"])


def shown(desk: CommandLine, visit: int) -> dict[str, Any]:
    return say(desk, "show", visit).row


def test_a_scan_asks_for_the_password_once(desk: CommandLine, visit: int, scan: Path) -> None:
    words = ("visit", "act-for", visit, "Bu Sri", "Kepala SDN 1", "--scan", scan, "--database", desk.path)
    answer = desk.run(*words, typed=f"{PASSWORD}\n", ULT_PASSWORD=None)
    assert (answer.code, answer.err.count("Kata sandi")) == (0, 1), answer.err


def test_arrival_guest_book_purpose_and_end(desk: CommandLine, visit: int) -> None:
    say(desk, "guest", visit, "Dedi 🌺", "--institution", "SDN 1", "--phone", "081234567678", "--remember")
    say(desk, "purpose", visit, "titip surat")
    assert [line["id"] for line in say(desk, "list", "--without-number").rows] == [visit]
    card = shown(desk, visit)
    assert card["courtesies"] == ["senyum", "salam", "diarahkan"]
    assert (card["guest"]["name"], card["purpose"]) == ("Dedi 🌺", "titip surat")
    (line,) = say(desk, "list", as_json=False).out.splitlines()
    assert "Nama: Dedi" in line
    assert "titip surat" in say(desk, "show", visit, as_json=False).out
    assert say(desk, "returning", "dedi").row["institution"] == "SDN 1"
    assert say(desk, "returning", "+6281234567678", "--officer", "admin").row["phone"] == "0812••••678"
    assert "SDN 1" in say(desk, "returning", "081234567678", "--officer", "admin", as_json=False).out
    assert "Tidak ada" in say(desk, "returning", "De", as_json=False).out
    assert say(desk, "end", visit, "--ending", "left").row["ending"] == "left"
    assert say(desk, "end", visit).code == 1
    assert "tidak ada" in say(desk, "show", 99).err


def test_what_is_not_said_of_a_guest_stays(desk: CommandLine, visit: int) -> None:
    """An empty text clears; the number that nobody here may read is neither needed nor lost."""
    more = ("--institution", "SDN 1", "--phone", "081234567678", "--meets", "Bu Rina", "--remember")
    say(desk, "guest", visit, "Dedi", *more)
    say(desk, "guest", visit, "Dedi Kurniawan", "--meets", "")
    guest = shown(desk, visit)["guest"]
    assert (guest["name"], guest["institution"], guest["meets"]) == ("Dedi Kurniawan", "SDN 1", "")
    assert guest["remember"]
    assert say(desk, "returning", "081234567678", "--officer", "admin").row["name"] == "Dedi Kurniawan"
    say(desk, "guest", visit, "Dedi Kurniawan", "--forget")
    assert not shown(desk, visit)["guest"]["remember"]


def test_nothing_that_was_typed_lies_readable_on_any_disk(
    desk: CommandLine, visit: int, own_home: Path
) -> None:
    number, street, mail = "0812-3456-7678", "Jl. Mulawarman 7", "dedi@dinas.go.id"
    say(desk, "guest", visit, "Dedi", "--phone", number, "--email", mail, "--letter-number", "094/ST/26")
    desk.run("case", "open", visit, "Mohon data", "--database", desk.path)
    more = ("--address", street, "--contact", number, "--database", desk.path)
    assert desk.run("case", "ppid", "register", 1, "Data", "Skripsi", *more).code == 0
    assert street in desk.run("case", "ppid", "list", desk.year, "--csv", "--database", desk.path).out
    files = [path for folder in (own_home, desk.path.parent) for path in folder.rglob("*") if path.is_file()]
    assert [path for path in files if path.name.startswith("journal")]
    assert desk.path in files
    for path in files:
        content = path.read_bytes()
        assert not [typed for typed in (number, street, mail, "094/ST/26") if typed.encode() in content], path


def test_an_arrival_joined_with_its_number(desk: CommandLine, visit: int) -> None:
    taken = desk.take()
    assert say(desk, "join", visit, taken["label"]).row["label"] == taken["label"]


def test_identity_letters_and_scans(desk: CommandLine, visit: int, scan: Path) -> None:
    say(desk, "identity", visit, "--kind", "sim", "--number", "1234 5678", "--for-other")
    say(desk, "act-for", visit, "Bu Sri", "Kepala SDN 1", "--number", "5/SK", "--stamped", "--scan", scan)
    say(desk, "letter", visit, "--number", "1/ST", "--issuer", "Dinas")
    assert say(desk, "attach", visit, scan).row["media_type"] == "application/pdf"
    say(desk, "requirements", visit, "--missing", "Fotokopi KTP")
    say(desk, "spd", visit, "SPD/1", "Dedi", "--origin", "Disdik")
    assert shown(desk, visit)["checks"][0]["number_tail"] == "belum terbuka"
    card = say(desk, "open-data", visit).row["card"]
    assert (card["checks"][0]["number_tail"], card["checks"][0]["for_other"]) == ("5678", True)
    assert card["representation"]["document_id"] == card["documents"][0]["id"]
    assert card["representation"]["stamped"] is True
    assert (card["letters"][0]["number"], len(card["documents"])) == ("1/ST", 2)
    words = say(desk, "open-data", visit, as_json=False).out.splitlines()
    assert ["••••5678" not in line and "Kunjungan: 1" in line for line in words] == [True] * 3
    assert "Jenis: SIM · Akhir nomor: 5678 · cocok" in words[0]
    assert "Atas nama: Bu Sri · Jenis: Surat kuasa · Penerbit: Kepala SDN 1 · Nomor: 5/SK" in words[1]
    assert "Nomor: 1/ST · Penerbit: Dinas" in words[2]
    opened = scan.with_name("terbuka.pdf")
    assert say(desk, "save-document", card["documents"][0]["id"], opened, as_json=False).code == 0
    assert opened.read_bytes() == scan.read_bytes()
    nowhere = opened.with_name("x") / opened.name
    refused = say(desk, "save-document", card["documents"][0]["id"], nowhere, as_json=False)
    assert (refused.code, f"{nowhere} tidak dapat ditulis" in refused.err) == (1, True)
    assert scan.read_bytes() not in {
        path.read_bytes() for path in desk.path.parent.rglob("office-berkas/*/*")
    }
    assert card["requirement_checks"][0]["missing"] == ["Fotokopi KTP"]
    assert say(desk, "spd-log").row["number"] == "SPD/1"
    assert "Disdik" in say(desk, "spd-log", as_json=False).out
    pdf = desk.path.with_name("spd.pdf")
    say(desk, "spd-log", "--pdf", pdf)
    assert pdf.read_bytes().startswith(b"%PDF")


def test_who_opened_whose_data_is_told_to_the_admin(desk: CommandLine, visit: int) -> None:
    say(desk, "guest", visit, "Dedi", "--phone", "081234567678")
    assert "Nama: Dedi · Telepon: 081234567678" in say(desk, "open-data", visit, as_json=False).out
    log = ("access", "log", "--database", desk.path)
    (line,) = desk.run(*log, "--json").rows
    assert (line["officer"], line["visit_id"], line["name"]) == ("Administrator", visit, "Dedi")
    assert desk.run(*log, "--first", "2020-01-01", "--last", "2020-12-31").out == "Tidak ada.\n"
    refused = desk.run(*log, "--officer", "siti")
    assert (refused.code, "berwenang" in refused.err) == (1, True)


def test_cards_and_badges(desk: CommandLine, visit: int) -> None:
    loan = say(desk, "lend-card", visit, "--held", "--place", "laci").row
    badge = say(desk, "badge", visit, "07").row
    held = say(desk, "held").row
    assert [held["cards"][0]["id"], held["badges"][0]["number"]] == [loan["id"], "07"]
    assert "laci" in say(desk, "held", as_json=False).out
    closed = desk.run("queue", "close-day", "--yes", "--database", desk.path)
    assert "1 kartu identitas masih dipegang" in closed.out
    refused = say(desk, "end", visit, "--ending", "left")
    assert (refused.code, "KTP di laci" in refused.err) == (1, True)
    assert say(desk, "return-card", loan["id"]).row["released"] == ""
    other = say(desk, "lend-card", visit, "--held").row
    assert say(desk, "return-card", other["id"], "--reason", "Dibawa polisi").row["released"]
    assert "Kembali: " in say(desk, "return-badge", badge["id"], as_json=False).out
    assert say(desk, "held").row == {"cards": [], "badges": []}


def test_the_daily_report_as_list_and_as_csv(desk: CommandLine) -> None:
    say(desk, "note", "=Lampu padam", "--sort", "kejadian")
    assert say(desk, "report").row["text"] == "=Lampu padam"
    assert "Jenis: Kejadian · Teks: =Lampu padam" in say(desk, "report", as_json=False).out
    sheet = say(desk, "report", "--csv", as_json=False).out.splitlines()
    assert sheet[0] == "Tanggal;Jam;Jenis;Catatan;Petugas;Tindak lanjut"
    assert ";'=Lampu padam;" in sheet[1]


def test_the_regencies_of_the_office(desk: CommandLine) -> None:
    assert say(desk, "regencies").rows[-1] == {"code": "65.71", "name": "Kota Tarakan"}
    assert "Kode: 65.71 · Nama: Kota Tarakan" in say(desk, "regencies", as_json=False).out


def test_who_lends_a_card_is_asked_who_holds_it(desk: CommandLine) -> None:
    told = desk.run("visit", "lend-card", "--help").out
    assert "Kartu dipegang kantor." in told
    assert "Dikuasai" not in told  # the word of the PPID, for information


@pytest.mark.parametrize("kind", BlankForm)
def test_a_blank_form(desk: CommandLine, tmp_path: Path, kind: BlankForm) -> None:
    pdf = tmp_path / "formulir.pdf"
    assert desk.run("visit", "form", kind, "--pdf", pdf, "--database", desk.path).code == 0
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_paper_is_typed_in_afterwards(desk: CommandLine) -> None:
    hour = time.strftime("%H", time.localtime(time.time() - 3600))
    day = time.strftime("%Y-%m-%d", time.localtime(time.time() - 86_400))
    clocks = ("--day", day, "--came", f"{hour}.00", "--served", f"{hour}:10", "--left", f"{hour}.20")
    asked = ("--detail", "Data sekolah", "--outcome", "tersedia", "--answer", "Diserahkan")
    typed = say(desk, "from-paper", "Maria Ulfa", *clocks, *asked, "--served-by", "siti").row
    assert (typed["day"], typed["belated"], typed["ending"]) == (day, True, "done")
    (line,) = say(desk, "list", "--day", day, as_json=False).out.splitlines()
    assert "dicatat belakangan" in line
    told = say(desk, "show", typed["id"], as_json=False).out
    assert "Mulai dilayani: " in told
    assert "Dicatat oleh: " in told
    ahead = time.strftime("%Y-%m-%d", time.localtime(time.time() + 2 * 86_400))
    refused = say(desk, "from-paper", "Maria", "--day", ahead, *clocks[2:])
    assert (refused.code, "belum tiba" in refused.err) == (1, True)


def test_whose_identity_does_not_match_is_told_to_whoever_goes_on(desk: CommandLine, visit: int) -> None:
    say(desk, "identity", visit, "--kind", "ktp", "--mismatch")
    opened = desk.run("case", "open", visit, "Mohon data", "--database", desk.path, "--json")
    assert (opened.code, opened.row["number"].endswith(f"/ULT/{desk.year}")) == (0, True)
    assert "Identitas pengunjung ini terakhir tidak cocok" in opened.err
    say(desk, "identity", visit, "--kind", "ktp")
    more = desk.run("case", "open", visit, "Lagi", "--another", "--database", desk.path, "--json")
    assert (more.code, more.err) == (0, "")


def test_security_ends_a_visit(desk: CommandLine, visit: int) -> None:
    assert say(desk, "end", visit, "--ending", "left", "--officer", "joko").row["ending"] == "left"


_MANY = "9" * 20


def _wants_a_number(command: click.Command) -> list[click.Parameter]:
    """Return whether a parameter takes the number of a thing, whatever it is called."""
    return [
        each
        for each in command.params
        if each.name != "external_id"
        and (str(each.name).endswith("_id") or isinstance(each.type, click.types.IntParamType))
    ]


def _numbered(command: click.Command) -> list[str]:
    """The command with a number of twenty digits wherever it takes one, and something for all else."""
    words: list[str] = []
    for each in command.params:
        if isinstance(each, click.Option) and not each.required and each not in _wants_a_number(command):
            continue
        if each.name in ("database", "officer", "as_json"):
            continue
        value = _MANY if each in _wants_a_number(command) else _something(each)
        words += [value] if isinstance(each, click.Argument) else [each.opts[0], value]
    return words


def _something(each: click.Parameter) -> str:
    if isinstance(each.type, click.Choice):
        return str(each.type.choices[0])
    return {"date": "2026-11-23", "time": "09:00", "moment": "2026-11-23 09:00"}.get(each.type.name, "kata")


def commands_with_numbers(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands_with_numbers(command, (*above, name))
        elif isinstance(group, Noun) and _wants_a_number(command):
            yield (*above, name, *_numbered(command))


@pytest.mark.slow
def test_a_number_of_twenty_digits_is_refused_by_every_command(desk: CommandLine) -> None:
    asked = list(commands_with_numbers(program))
    assert len(asked) > 90
    for words in asked:
        told = desk.run(*words, "--database", desk.path)
        assert told.code in (1, 2), (words, told.out)
        assert told.err.strip(), words
        assert "Error)" not in told.err, (words, told.err)


@pytest.mark.parametrize(
    "words",
    [
        ("visit", "show", _MANY),
        ("case", "show", _MANY),
        ("phone", "greet", _MANY),
        ("deviation", "explain", _MANY, "--cause", "a", "--correction", "b"),
        ("queue", "call", "--counter", _MANY),
    ],
)
def test_a_number_of_twenty_digits_is_refused(desk: CommandLine, words: tuple[str, ...]) -> None:
    told = desk.run(*words, "--database", desk.path)
    assert (told.code, "Error)" in told.err) == (1, False)


@pytest.mark.parametrize(
    "words", [("list", "--day", "foo"), ("report", "--first", "foo"), ("spd-log", "--last", "kemarin")]
)
def test_what_is_no_day_is_refused(desk: CommandLine, words: tuple[str, ...]) -> None:
    told = say(desk, *words)
    assert (told.code, told.out) == (2, "")
    assert "tanggal" in told.err


def test_a_place_that_is_not_there_is_told_in_words(
    desk: CommandLine, visit: int, scan: Path, tmp_path: Path
) -> None:
    document = say(desk, "attach", visit, scan).row["id"]
    nowhere = tmp_path / "tiada" / "surat.pdf"
    for told in (
        say(desk, "save-document", document, nowhere, as_json=False),
        say(desk, "attach", visit, nowhere),
    ):
        assert told.code == 1
        assert "surat.pdf" in told.err
        assert "Err" not in told.err


def test_the_guest_book_of_a_period_in_files_is_one_opening(
    desk: CommandLine, visit: int, tmp_path: Path
) -> None:
    say(desk, "guest", visit, "Dedi", "--phone", "081234567678")
    files = [tmp_path / f"buku.{suffix}" for suffix in ("pdf", "xlsx", "csv")]
    named = [part for path in files for part in (f"--{path.suffix[1:]}", path)]
    assert say(desk, "book", *named, as_json=False).code == 0
    assert [path.read_bytes()[:2] for path in files] == [b"%P", b"PK", b"\xef\xbb"]
    assert ";Dedi;;;081234567678;" in files[2].read_text("utf-8-sig")
    (line,) = desk.run("access", "log", "--database", desk.path, "--json").rows
    assert line["what"].startswith("guest_book:")
    assert "081234567678" in say(desk, "book", as_json=False).out
    assert say(desk, "book", "--first", "2020-01-01", as_json=False).code == 1
