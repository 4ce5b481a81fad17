"""`survey`: a survey's whole life from the command line."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandLine
from tests.program import CommandResult
from tests.survey import KEYS, OWN_HEADS, TEN, own_list
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.operations.survey.board import element_name

FOURS = [word for key in KEYS for word in ("--answer", f"{key}=4")]


def run(
    desk: CommandLine, command: str, *words: object, as_json: bool = True, officer: str = "siti"
) -> CommandResult:
    given: list[object] = ["survey", command, *words, "--database", desk.path]
    if command not in ("result", "imports", "plans"):
        given += ["--officer", officer]
    return desk.run(*given, *(["--json"] if as_json else []))


@pytest.fixture
def number(desk: CommandLine) -> str:
    """Somebody who was served at counter 1."""
    return served(desk)


def served(desk: CommandLine) -> str:
    desk.take()
    for command in ("staff", "call", "arrive", "finish"):
        desk.queue(command, "--counter", 1, "--officer", "siti")
    label: str = desk.queue("list", "--state", "done").rows[-1]["label"]
    return label


def test_filled_in_once(desk: CommandLine, number: str) -> None:
    row = run(desk, "fill", number, *FOURS, "--usia", "31", "--suggestion", "Kursi").row
    assert row["state"] == "filled"
    again = run(desk, "fill", number, *FOURS)
    assert (again.code, "sudah diisi" in again.err) == (1, True)


def test_assisted_by_visit(desk: CommandLine, number: str) -> None:
    told = run(desk, "fill", "--visit", 1, "--assisted", *FOURS, as_json=False)
    assert told.out == "sudah diisi\n"
    assert run(desk, "result").row["assisted"] == 1
    assert run(desk, "refuse", number).code == 1


@pytest.mark.parametrize(("command", "state"), [("refuse", "refused"), ("confirm", "confirmed_outside")])
def test_not_filled_in_here(desk: CommandLine, number: str, command: str, state: str) -> None:
    assert run(desk, command, number).row["state"] == state


def test_an_office_without_an_address_points_to_its_own_survey(desk: CommandLine, number: str) -> None:
    assert run(desk, "invite", number).code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("A001", "--visit", 1, *FOURS), "Sebut nomor antrean, atau --visit"),
        ((*FOURS,), "Sebut nomor antrean, atau --visit"),
        (("A001", "--answer", "sarana=5"), "bukan jawaban survei"),
        (("A001", "--answer", "kursi=4"), "bukan jawaban survei"),
        (("A001", *FOURS, "--pekerjaan", "Raja"), "bukan pilihan untuk Pekerjaan"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    desk: CommandLine, number: str, words: tuple[object, ...], says: str
) -> None:
    refused = run(desk, "fill", *words)
    assert (refused.code, says in refused.err) == (1, True)


def test_paper_and_the_result_in_words(desk: CommandLine, number: str) -> None:
    few = run(desk, "result", as_json=False).out
    assert "Belum cukup responden" in few
    paper = ("--date", "2026-01-05", "--service", "A", *FOURS, "--jenis-kelamin", "P")
    assert run(desk, "paper", *paper, as_json=False).out == "sudah diisi\n"
    assert run(desk, "paper", number, *paper).row["state"] == "filled"
    for _n in range(3):
        assert run(desk, "paper", *paper).out == "null\n"
    in_order = [each["element"] for each in run(desk, "result", "2026-T1").row["index"]["elements"]]
    told = run(desk, "result", "2026-T1", as_json=False).out
    assert told.splitlines() == [
        "1 Januari – 31 Maret 2026",
        "Responden: 5",
        "Sampel: belum dapat dihitung, sebab responden lebih banyak daripada kunjungan yang tercatat (0)",
        "IKM 100,00, Mutu A · Sangat baik",
        *(f"{element_name(key)}: NRR 4, IKM 100,00, Mutu A · Sangat baik" for key in in_order),
        f"Terendah: {', '.join(map(element_name, KEYS))}. Rencanakan perbaikannya.",
    ]
    assert run(desk, "result", "2026-01").row["index"]["grade"]["letter"] == "A"
    assert run(desk, "result", "kemarin").code == 1


def test_a_paper_form_by_its_code(desk: CommandLine) -> None:
    for values in TEN:
        assert run(desk, "paper", "--date", "2026-01-05", "--code", f"{values} 1200").out == "null\n"
    assert run(desk, "result", "2026-01").row["index"]["index"] == "83.89"
    for words in ((), ("--code", TEN[0], *FOURS)):
        refused = run(desk, "paper", "--date", "2026-01-05", *words)
        assert (refused.code, "kode formulirnya, atau jawabannya" in refused.err) == (1, True)


@pytest.mark.slow
def test_a_list_from_outside_comes_in_once(desk: CommandLine, tmp_path: Path) -> None:
    head = desk.run("survey", "template").out.strip()
    lines = [f"{n};21/01/2026;A;L;30;S1;PNS;{';'.join(values)};" for n, values in enumerate(TEN)]
    path = tmp_path / "skm.csv"
    path.write_text("\n".join((head, *lines, "11;;A;;;;;4")), encoding="utf-8")
    preview: dict[str, Any] = run(desk, "import", path, "--preview").row
    assert (preview["added"], run(desk, "result", "2026-01").row["respondents"]) == (10, 0)
    report: dict[str, Any] = run(desk, "import", path).row
    assert report == preview
    assert (report["added"], report["known"], report["refused"][0]["row"]) == (10, [], 12)
    assert set(report["refused"][0]) == {"row", "column", "said", "expected"}
    told = run(desk, "import", path, as_json=False).out
    assert told.splitlines()[0] == "0 baris masuk, 10 sudah ada, 1 ditolak, 0 dilewati"
    assert told.splitlines()[1].startswith("Baris 12, tanggal: tanggal kosong")
    assert told.splitlines()[2] == "baris 2 sudah ada: skm.csv"
    assert run(desk, "result", "2026-01").row["index"]["index"] == "83.89"
    made = run(desk, "imports").rows[-1]
    assert (made["file"], made["added"]) == ("skm.csv", 10)
    assert run(desk, "undo-import", made["id"], as_json=False).out == "10 baris ditarik kembali.\n"
    assert run(desk, "result", "2026-01").row["respondents"] == 0


@pytest.mark.slow
def test_the_columns_of_an_own_form_are_told_once(desk: CommandLine, tmp_path: Path) -> None:
    path, later = tmp_path / "januari.csv", tmp_path / "februari.csv"
    path.write_text(own_list(4), encoding="utf-8")
    later.write_text(own_list(), encoding="utf-8")
    lacking = run(desk, "import", path)
    assert (lacking.code, "9 hal dalam daftar ini belum pasti" in lacking.err) == (1, True)
    told = [f"--map={head}={key}" for head, key in zip(OWN_HEADS[1:], KEYS, strict=False)]
    refused = run(desk, "import", path, *told, "--map=Entah=sarana")
    assert (refused.code, "Kolom: Stempel waktu, Pertanyaan 1" in refused.err) == (1, True)
    assert run(desk, "import", path, *told, "--preview").row["added"] == 4
    assert run(desk, "import", path).code == 1  # nothing was imported by these columns yet
    assert run(desk, "import", path, *told).row["added"] == 4
    again = run(desk, "import", later).row
    assert (again["added"], len(again["known"])) == (6, 4)
    held = again["columns"][2]
    assert (held["column"], held["head"], held["field"], held["why"]) == (
        "C",
        "Pertanyaan 2",
        KEYS[1],
        "diingat",
    )
    turned = [f"--map={head}={key}" for head, key in zip(OWN_HEADS[1:], reversed(KEYS), strict=False)]
    assert len(run(desk, "import", later, *turned).row["known"]) == 10
    assert run(desk, "result", "2026-11").row["index"]["index"] == "83.89"


def test_another_scale_is_mapped_and_paper_is_filed_as_such(desk: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "lima.csv"
    rows = ["5;" * 8 + "5", "3;" * 8 + "3", "5;" * 8 + "1"]
    path.write_text("\n".join((";".join(KEYS), *rows)), encoding="utf-8")
    seen = run(desk, "import", path, "--preview").row
    assert seen["open"] == ["tanggal daftar", "skala"]
    said = ["tanggal daftar=2026-01-05", "skala=lain", "nilai: 5=4", "nilai: 3=3", "nilai: 1=1"]
    told = [f"--answer={each}" for each in said]
    assert run(desk, "import", path, *told[:-1]).code == 1
    assert run(desk, "import", path, *told, "--paper").row["added"] == 3
    unknown = run(desk, "import", path, *told, "--answer=warna=merah")
    assert "Tidak ada pertanyaan “warna”" in unknown.err
    assert "bukan pasangan KUNCI=JAWABAN" in run(desk, "import", path, "--answer=x").err


def test_the_questionnaire_as_data(desk: CommandLine) -> None:
    assert desk.run("survey", "template", "--json").row["id"] == questionnaire().id


def test_a_plan_is_made_and_its_state_told(desk: CommandLine) -> None:
    said = ("2026-T4", "sarana", "--programme", "Tambah kursi", "--due", "2027-03-31")
    row = run(desk, "plan", *said, "--responsible", "Umum", officer="admin").row
    assert (row["state"], row["first_day"]) == ("planned", "2026-10-01")
    run(desk, "plan-state", row["id"], "done", "--result", "40 kursi dibeli", officer="admin")
    (told,) = run(desk, "plans").rows
    assert (told["state"], told["result"]) == ("done", "40 kursi dibeli")
