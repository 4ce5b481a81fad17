"""`summary`: a folder of many offices' files becomes one page, without an office."""

from pathlib import Path

import msgspec
import pytest

from tests.cli.conftest import CommandLine
from tests.core.summary.test_summary import file_of, summary


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two offices, one of which lacks October."""
    made = tmp_path / "rekap"
    (made / "kepri").mkdir(parents=True)
    for name, each in (
        ("a-10", summary("BPMP-65", "2025-10")),
        ("a-11", summary("BPMP-65", "2025-11")),
        ("kepri/b-11", summary("BPMP-21", "2025-11", visits=70)),
    ):
        (made / f"{name}.ultrekap").write_bytes(file_of(each))
    return made


def test_keys_are_confirmed_once_and_then_the_folder_adds_up(
    desk: CommandLine, folder: Path, tmp_path: Path
) -> None:
    none = desk.run("summary", "collect", folder, ULT_DATABASE=None)
    assert (none.code, "belum dipastikan" in none.err) == (1, True)
    first = folder / "a-11.ultrekap"
    assert desk.run("summary", "trust", first, typed="n\n").code == 1
    shown = desk.run("summary", "trust", first, typed="y\n")
    assert "Kunci BPMP-65 dipastikan." in shown.out
    assert "sudah dipastikan" in desk.run("summary", "trust", first, "--yes").out
    other = folder / "palsu.ultrekap"
    other.write_bytes(file_of(summary("BPMP-65", "2025-11"), "an impostor"))
    refused = desk.run("summary", "trust", other, "--yes")
    assert (refused.code, "dengan kunci lain" in refused.err) == (1, True)
    assert desk.run("summary", "trust", folder / "kepri" / "b-11.ultrekap", "--yes").err == ""
    page = tmp_path / "rekap.html"
    files = [tmp_path / f"rekap.{form}" for form in ("pdf", "xlsx", "csv")]
    options = [word for each in files for word in ("--" + each.suffix[1:], each)]
    done = desk.run("summary", "collect", folder, "--html", page, *options, "--json", ULT_DATABASE=None)
    assert [each["code"] for each in done.row["offices"]] == ["BPMP-21", "BPMP-65"]
    assert done.row["offices"][0]["lacks"] == ["2025-10"]
    assert "palsu.ultrekap: Kode BPMP-65 dipastikan" in done.err
    assert [each.read_bytes()[:4] for each in files] == [b"%PDF", b"PK\x03\x04", b"\xef\xbb\xbff"]
    described = msgspec.json.decode(files[2].with_name("rekap.csv-metadata.json").read_bytes())
    columns = [each["name"] for each in described["tableSchema"]["columns"]]
    assert files[2].read_text(encoding="utf-8-sig").splitlines()[0] == described["dialect"]["delimiter"].join(
        columns
    )
    assert described["url"] == "rekap.csv"
    html = page.read_text(encoding="utf-8")
    assert "Kalimantan Utara" in html
    assert "130" in html
    assert "http" not in html, "the page asks no network"
    told = desk.run("summary", "collect", folder).out
    assert "BPMP-21 Kantor BPMP-21: Bulan 2025-10" in told


def test_a_month_that_has_not_ended_is_not_made(desk: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "a.ultrekap"
    done = desk.run("summary", "make", f"{desk.now:%Y-%m}", "--out", out, "--database", desk.path)
    assert (done.code, "belum berakhir" in done.err, out.exists()) == (1, True, False)
    assert desk.run("summary", "trust", tmp_path, "--yes").code == 2
