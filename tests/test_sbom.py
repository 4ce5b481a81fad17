"""The list of a build's parts: whole, its own, and held against the weaknesses that are known."""

import marshal
import re
import struct
import sysconfig
from pathlib import Path

import pytest

from tests.test_docs import ROOT, TEST, lost_tests
from tools.installer import parts, sbom, sqlite, weaknesses
from tools.installer.notices import shipped
from tools.installer.weaknesses import Weakness

PACKAGES = Path(sysconfig.get_path("purelib"))
RECIPE = (ROOT / "build_installer.spec").read_text(encoding="utf-8")
MOMENT = "2026-11-27T01:02:03Z"
KNOWN = weaknesses.known()


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program's folder of the files by which its parts are known."""
    app = tmp_path / "program" / "app"
    files = {
        "../ult-desktop": b"\x7fELF inflate 1.3.2 Copyright",
        "libsqlite3.so.0": b"\x7fELF\x01" + sqlite.VERSION.encode() + b"\0",
        "libpython3.11.so.1.0": b"\x7fELF\x013.11.2\0",
        "PySide6/Qt/lib/libQt6Core.so.6": b"\x7fELF Qt 6.12.0 (x86_64",
        "PySide6/QtCore.abi3.so": b"\x7fELF",
        "psycopg_binary.libs/libcrypto-3a0647ea.so.3": b"\x7fELF OpenSSL 3.5.9 29 Sep 2026",
        "resources/station.example.toml": b"no code",
    }
    for name, data in files.items():
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_bytes(data)
    contents = marshal.dumps([("click.core", (0, 0, 0)), ("ult_desktop.base", (0, 0, 0))])
    (app / "modules.pyz").write_bytes(b"PYZ\0cpyt" + struct.pack("!i", 12) + contents)
    return tmp_path / "program"


@pytest.fixture
def built(program: Path) -> Path:
    """An installer with its list beside it."""
    target = program.parent / "setup.exe"
    target.write_bytes(b"an installer")
    found = parts.parts(program, PACKAGES, windows=False)
    sbom.write(sbom.bom(found, program, target, "0.1.0", MOMENT), target)
    return target


def listed(built: Path) -> sbom.Bom:
    return sbom.check(built.with_name(built.name + sbom.ENDING), built, "0.1.0")


def part(built: Path, name: str) -> sbom.Component:
    (found,) = (each for each in listed(built).components if each.name == name)
    return found


def test_every_file_of_code_is_listed_with_its_part(program: Path, built: Path) -> None:
    versions = {each.name: each.version for each in listed(built).components}
    assert versions.items() >= {"SQLite": sqlite.VERSION, "Qt": "6.12.0", "OpenSSL": "3.5.9"}.items()
    assert {"zlib", "click", "PySide6_Essentials", "Python", "PyInstaller"} <= versions.keys()
    assert "pytest" not in versions
    assert "msgspec" not in versions, "nothing of it is in this bundle"
    code = [each for each in program.rglob("*") if each.is_file() and each.suffix != ".toml"]
    digests = {each.relative_to(program).as_posix(): sbom.sha256(each.read_bytes()).content for each in code}
    assert sbom.files_of(listed(built)) == digests


def test_a_part_has_its_licence_and_where_it_came_from(built: Path) -> None:
    click = part(built, "click")
    assert click.purl == f"pkg:pypi/click@{click.version}"
    assert click.licenses == (sbom.Licence(expression="BSD-3-Clause"),)
    (place,) = click.external_references
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert len(place.hashes) > 1
    assert all(f"--hash=sha256:{pin.content}" in lock for pin in place.hashes)
    assert [each.name for each in listed(built).components if not each.licenses] == []


def test_code_that_belongs_to_nobody_ends_the_build(program: Path) -> None:
    (program / "app" / "stranger.so").write_bytes(b"\x7fELF")
    with pytest.raises(SystemExit, match=r"app/stranger\.so belongs to no part that is known"):
        parts.parts(program, PACKAGES, windows=False)


def test_another_sqlite_than_was_meant_ends_the_build(program: Path) -> None:
    (program / "app" / "libsqlite3.so.0").write_bytes(b"\x7fELF\x003.40.1\0")
    with pytest.raises(SystemExit, match=r"carries SQLite 3\.40\.1"):
        parts.parts(program, PACKAGES, windows=False)


def test_a_list_of_another_build_is_refused_with_words(built: Path) -> None:
    own = built.with_name(built.name + sbom.ENDING)
    with pytest.raises(SystemExit, match=r"lists version 0\.1\.0, and this is 0\.2\.0"):
        sbom.check(own, built, "0.2.0")
    built.write_bytes(b"another installer")
    with pytest.raises(
        SystemExit, match=r"belongs to another build: its SHA-256 is \w{64}, this one's \w{64}"
    ):
        sbom.check(own, built, "0.1.0")
    for broken in (b"{", b"{}", own.read_bytes().replace(b'"1.6"', b'"1.4"'), b'{"bomFormat": "SPDX"}'):
        own.write_bytes(broken)
        with pytest.raises(SystemExit, match=r"setup\.exe\.cdx\.json is no parts list"):
            sbom.check(own, built, "0.1.0")
    own.unlink()
    with pytest.raises(SystemExit, match="is no parts list"):
        sbom.check(own, built, "0.1.0")


def test_the_same_build_has_the_same_list(program: Path, built: Path) -> None:
    first = built.with_name(built.name + sbom.ENDING).read_bytes()
    found = parts.parts(program, PACKAGES, windows=False)
    assert sbom.write(sbom.bom(found, program, built, "0.1.0", MOMENT), built).read_bytes() == first
    references = re.findall(rb'"bom-ref": "([^"]+)"', first)
    assert len(references) == len(set(references)), "each is named once"


@pytest.mark.parametrize(
    ("version", "is_mended"),
    [
        ("3.5.7", False), ("3.5.8", True), ("3.5.10", True), ("3.6.3", False), ("3.6.4", True),
        ("3.7.0", True), ("3.4.9", False), ("4.0", True),
    ],
)  # fmt: skip
def test_each_line_of_versions_has_its_own_mended_one(version: str, is_mended: bool) -> None:
    assert weaknesses.is_mended(version, ("3.5.8", "3.6.4")) == is_mended


def test_a_part_with_a_weakness_that_is_mended_elsewhere_is_refused(program: Path, built: Path) -> None:
    present = weaknesses.there(program)
    weak = Weakness(ids=("CVE-1",), part="OpenSSL", mended=("3.5.10",), source="https://example.org")
    answered = Weakness(
        ids=("CVE-1",),
        part="OpenSSL",
        mended=("3.5.10",),
        source="https://example.org",
        absent=("click.core",),
        why="It is left out.",
        test="tests/test_sbom.py",
    )
    assert weaknesses.bites(listed(built), present, [weak]) == [
        "OpenSSL 3.5.9: CVE-1 (mended in 3.5.10): nothing says why it does not bite"
    ]
    assert weaknesses.bites(listed(built), present, [answered]) == [
        "OpenSSL 3.5.9: CVE-1 (mended in 3.5.10): the bundle carries click.core"
    ]
    assert weaknesses.bites(listed(built), present - {"click.core"}, [answered]) == []
    assert weaknesses.bites(listed(built), present, KNOWN) == []


def test_the_verdicts_name_what_keeps_each_from_biting(built: Path) -> None:
    verdicts = weaknesses.vex(listed(built), KNOWN)
    said = {each.id: each for each in verdicts.vulnerabilities}
    assert said["CVE-2026-14456"].analysis.state == "resolved"
    assert said["CVE-2026-8461"].analysis.detail.startswith("FFmpeg is not carried.")
    tar = said["CVE-2026-11940"]
    assert (tar.analysis.state, tar.analysis.justification) == ("not_affected", "code_not_present")
    assert "tests/test_sbom.py::" in tar.analysis.detail
    serial = listed(built).serial_number.rpartition(":")[2]
    assert tar.affects[0].ref.startswith(f"urn:cdx:{serial}/1#pkg")
    assert b'"vulnerabilities"' in weaknesses.write(verdicts, built).read_bytes()


def test_every_answer_has_its_words_and_a_test_that_is_there(tmp_path: Path) -> None:
    page = tmp_path / "tests.md"
    page.write_text("\n".join(f"`{each.test}`" for each in KNOWN if each.test))
    assert len(TEST.findall(page.read_text())) > 10
    assert lost_tests(page) == []
    assert [each.ids for each in KNOWN if bool(each.why) != bool(each.test)] == []
    assert [each.ids for each in KNOWN if (each.absent or each.unused) and not each.why] == []
    names = [name for each in KNOWN for name in each.ids]
    assert len(names) == len(set(names))


def test_every_part_with_a_known_weakness_is_one_that_a_build_can_list() -> None:
    """A name that is written otherwise would be held against nothing."""
    origins = (*parts.BEFORE_PACKAGES, *parts.AFTER_PACKAGES, *parts.WITHIN)
    names = {each.name for each in origins} | {each.name for each in shipped(PACKAGES, windows=True)}
    of_list = {each.part for each in KNOWN}
    assert of_list - names == set()
    assert {
        "Python",
        "Qt",
        "SQLite",
        "FFmpeg",
        "OpenSSL",
        "libpq",
        "pillow",
        "PyNaCl",
        "quick-xml",
    } <= of_list


def test_the_reader_of_workbooks_says_what_it_reads_xml_with() -> None:
    (reader,) = (each for each in (PACKAGES / "python_calamine").iterdir() if parts.CODE.search(each.name))
    (origin,) = (each for each in parts.WITHIN if each.name == "quick-xml")
    (weakness,) = (each for each in KNOWN if each.part == "quick-xml")
    assert weaknesses.is_mended(origin.version(reader) or "0", weakness.mended)


def test_what_the_list_calls_absent_is_kept_out_of_the_bundle() -> None:
    """By the recipe; in a bundle each build looks, and at night so does a test (tests/test_installer.py)."""
    imported = {"imaplib", "poplib", "configparser", "wsgiref"}  # by nothing that is carried
    programs = {"pg_dump", "psql", "pg_restore"}
    absent = {name for each in KNOWN for name in each.absent} - imported - programs
    (excluded,) = re.findall(r"^excludes = \[$(.+?)^\]$", RECIPE, re.MULTILINE | re.DOTALL)
    left_out = set(re.findall(r'"([\w.]+)"', excluded))
    assert {name for name in absent if not {name, name.rpartition(".")[0]} & left_out} == set()


@pytest.mark.parametrize("word", sorted({word for each in KNOWN for word in each.unused}))
def test_what_the_list_calls_unused_stands_nowhere_in_the_source(word: str) -> None:
    using = re.compile(rf"\b{re.escape(word)}\b")
    sources = (ROOT / "ult_desktop").rglob("*.py")
    assert [path for path in sources if using.search(path.read_text(encoding="utf-8"))] == []
