"""Settings files as hands, editors and disks leave them: read, or refused with words that name the file."""

import codecs
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from tests.examples import examples
from ult_desktop.base.config import load_station
from ult_desktop.base.errors import UserError
from ult_desktop.base.paths import resource
from ult_desktop.operations.office.office_files import load_office
from ult_desktop.operations.procedures.procedures import load_procedure
from ult_desktop.operations.survey.answer_lists import read_questionnaire

STATION = b'database = "office.db"\n[sync]\npoll_seconds = 1.0\n'
READERS: dict[str, tuple[bytes, Callable[[Path], object]]] = {
    "station": (STATION, load_station),
    "office": (resource("offices", "bpmp-sumut.toml").read_bytes(), lambda path: load_office(str(path))),
    "procedure": (
        next(resource("procedures").glob("*.toml")).read_bytes(),
        lambda path: load_procedure(str(path)),
    ),
    "questionnaire": (resource("survey", "skm-14-2017.toml").read_bytes(), read_questionnaire),
}
TOO_DEEP, TOO_LONG = b"a = " + b"[" * 3000, b"a = " + b"9" * 5000
TOKENS = (b"[", b"]", b"[[", b'"', b"'", b'"""', b"=", b"\n", b".", b"{", b"}", b"#", b"-1", b"1e999", b"nan",
          b"true", b"2026-02-30", b"\xff", b"\x00", b"\\ud800", b"9" * 20, codecs.BOM_UTF8)  # fmt: skip
EDITS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 30), st.sampled_from(TOKENS)), max_size=3)


def read(folder: Path, kind: str, text: bytes) -> None:
    path = folder / "x.toml"
    path.write_bytes(text)
    try:
        READERS[kind][1](path)
    except UserError as told:
        assert str(path) in told.what  # noqa: PT017  (refused is as good as read)


@pytest.mark.parametrize("kind", READERS)
@examples(40)
@given(edits=EDITS)
def test_a_good_file_with_broken_places(
    tmp_path: Path, kind: str, edits: list[tuple[int, int, bytes]]
) -> None:
    text = READERS[kind][0]
    for place, length, token in edits:
        at = place % len(text)
        text = text[:at] + token + text[at + length :]
    read(tmp_path, kind, text)


@pytest.mark.parametrize("kind", READERS)
@examples(25)
@given(text=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode())))
@example(text=TOO_DEEP)
@example(text=TOO_LONG)
def test_a_file_of_anything(tmp_path: Path, kind: str, text: bytes) -> None:
    read(tmp_path, kind, text)


@pytest.mark.parametrize("text", [TOO_DEEP, TOO_LONG], ids=["deep", "long"])
def test_what_the_reader_of_toml_chokes_on_is_no_toml(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(text)
    with pytest.raises(UserError, match="bukan TOML yang benar"):
        load_station(path)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize(
    ("poisoned", "words"),
    [
        (b"# " + b"x" * 256_000, "terlalu besar"),
        (b"a." * 60_000 + b"a = 1", "baris 1"),  # tomllib takes the square of its parts
        (b"\n[" + b"a." * 60_000 + b"a]", "baris 2"),
    ],
    ids=["size", "key", "header"],
)
def test_what_would_be_parsed_for_minutes(tmp_path: Path, kind: str, poisoned: bytes, words: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(poisoned)
    with pytest.raises(UserError, match=words):
        READERS[kind][1](path)


@pytest.mark.parametrize("kind", READERS)
def test_a_line_of_blanks_in_a_text(tmp_path: Path, kind: str) -> None:
    """Such a line looks like the beginning of a header when the line of the mistake is looked for."""
    path = tmp_path / "x.toml"
    path.write_bytes(b'no_such_key = """\n[' + b" " * 20_000 + b'\n"""\n')
    with pytest.raises(UserError):
        READERS[kind][1](path)


def test_lines_end_as_any_editor_ends_them(tmp_path: Path) -> None:
    for end in (b"\n", b"\r\n", b"\r"):
        (tmp_path / "x.toml").write_bytes(STATION.replace(b"\n", end))
        with pytest.raises(UserError, match="baris 3"):
            load_station(tmp_path / "x.toml")
