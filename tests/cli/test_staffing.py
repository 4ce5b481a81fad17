"""`staffing replay`: a month with another plan, from an option or a file."""

from pathlib import Path

from tests.cli.conftest import CommandLine

PLAN = """
[open]
"07.30" = 1
"09.30" = 2

[[counters]]
number = 2
serves = ["A"]
breaks = ["12.30-13.00"]

[calling]
priority_share = 2
"""


def serve(desk: CommandLine) -> str:
    """One visitor; the month's name."""
    desk.queue("staff", "--counter", 1, "--officer", "siti")
    desk.take()
    desk.call()
    for act in ("arrive", "finish"):
        desk.queue(act, "--counter", 1, "--officer", "siti")
    return f"{desk.now:%Y-%m}"


def test_a_month_is_told_with_a_plan_from_a_file(desk: CommandLine, tmp_path: Path) -> None:
    month, plan = serve(desk), tmp_path / "plan.toml"
    plan.write_text(PLAN, encoding="utf-8")
    words = ("staffing", "replay", month, "--database", desk.path)
    found = desk.run(*words, "--plan", plan, "--json").row
    assert (found["period"], found["days"], found["recorded"]["visitors"]) == (month, 1, 1)
    assert found["limit"] == 15
    assert set(found["after"]) == {*("whole", "half_hours", "services", "counters", "unserved", "overtime")}
    told = desk.run(*words, "--counters", 2, "--within", 5).out.splitlines()
    assert told[0].startswith("Susunan Loket: ")
    assert "Menunggu lebih dari 5 menit: 0,0" in told
    assert "Waktu tunggu menurut setengah jam" in told
    files = [tmp_path / f"susunan.{form}" for form in ("pdf", "xlsx", "csv")]
    written = [("--" + each.suffix[1:], each) for each in files]
    assert desk.run(*words, *(word for pair in written for word in pair)).out == ""
    assert [each.read_bytes()[:4] for each in files] == [b"%PDF", b"PK\x03\x04", b"\xef\xbb\xbff"]


def test_the_cheapest_plan_is_a_roster_to_print(desk: CommandLine, tmp_path: Path) -> None:
    words = ("staffing", "search", serve(desk), "--database", desk.path)
    found = desk.run(*words, "--json").row
    assert [found["share"], found["limit"]] == [90, 15]
    assert found["plans"][0]["cost"] < found["now"]["cost"]
    told = desk.run(*words).out.splitlines()
    assert "Jadwal loket: susunan 1" in told
    assert desk.run(*words, "--share", 101).code == 2


def test_next_week_says_nothing_of_one_day(desk: CommandLine) -> None:
    serve(desk)
    words = ("staffing", "forecast", "--database", desk.path)
    assert "Baru 0 hari kerja tercatat; perkiraan perlu 15." in desk.run(*words).out
    found = desk.run(*words, "--json").row
    assert (found["known"], found["kept"], len(found["days"])) == (0, None, 7)


def test_a_plan_that_cannot_be_is_refused_with_its_line(desk: CommandLine, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    words = ("staffing", "replay", "2026-11", "--database", desk.path)
    for text, told in (
        ('[open]\n"08.15" = 2\n', "baris 2: open.08.15: “08.15” = 2 bukan setengah jam"),
        ('[open]\n"08.30" = 21\n', "paling banyak 20 loket"),
        ("[opened]\n", "opened"),
        ('[[counters]]\nnumber = 1\nserves = ["ABC"]\n', "huruf besar"),
    ):
        plan.write_text(text, encoding="utf-8")
        done = desk.run(*words, "--plan", plan)
        assert done.code != 0
        assert told in done.err, done.err
    both = desk.run(*words, "--plan", plan, "--counters", 2)
    assert (both.code, "tidak dapat bersama" in both.err) == (1, True)
    assert "bukan periode" in desk.run("staffing", "replay", "2026-W48", "--database", desk.path).err
