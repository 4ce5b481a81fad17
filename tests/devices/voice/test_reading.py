"""Every fixed word of the kiosk can be read aloud: it has a clip, in both languages."""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

import pytest
from babel.messages.pofile import read_po

from tests.program import ROOT
from ult_desktop.base import formats
from ult_desktop.base.i18n import languages, use_language
from ult_desktop.base.paths import resource
from ult_desktop.core.office.template import FREE_OF_CHARGE
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.devices.voice.clips import every_clip
from ult_desktop.devices.voice.reading import Piece, guide_path, own_clip, read_aloud, spell

KIOSK = ROOT / "ult_desktop" / "ui" / "kiosk"
OTHERS = (
    *("base/formats.py", "core/queue/opening.py", "db/queue/boards.py", "operations/queue/issuing.py"),
    *("devices/printer/status.py", "core/queue/wait_range.py"),
)
# Of these files the visitor reads what these functions make.
FUNCTIONS = {
    "core/office/template.py": ("phone_words",),
    "core/queue/boards.py": ("what_next",),
    "core/queue/lobby.py": ("_hours",),
}
SOURCES = (*KIOSK.rglob("*.py"), *(ROOT / "ult_desktop" / each for each in OTHERS))
# The officer's pages, the window's title.
NOT_READ = ("kiosk/frame/pin_page.py", "kiosk/frame/pin_choice.py", "kiosk/window.py")

NOT_SAID = "Untuk petugas: {words}"  # a path and a reason, which no visitor needs to hear

Word = tuple[str, str]  # its context, "" for most, and the Indonesian


def told(text: str, language: str) -> list[str]:
    return [piece.clip or f"?{piece.name}" for piece in read_aloud(text, language)]


def every_word() -> Iterator[Word]:
    for path in SOURCES:
        if not path.as_posix().endswith(NOT_READ):
            yield from words_in(ast.parse(path.read_text("utf-8")))
    for name, functions in FUNCTIONS.items():
        for node in ast.walk(ast.parse((ROOT / "ult_desktop" / name).read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name in functions:
                yield from words_in(node)
    yield from (("", state.word) for state in OnlineState)


def words_in(tree: ast.AST) -> Iterator[Word]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            told = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if node.func.id in ("_", "counted") and told and told[0] != NOT_SAID:
                yield "", str(told[0])
            elif node.func.id == "pgettext":
                yield str(told[0]), str(told[1])


def every_day(language: str) -> Iterator[str]:
    """A day of each month, and each day of a week."""
    use_language(language)
    days = (*(date(2027, month, 1) for month in range(1, 13)), *(date(2027, 3, day) for day in range(1, 8)))
    yield from (formats.format_date(day) for day in days)
    yield from ("07.30 WIB", "07.30 WITA", "07.30 WIT")


def parts(text: str) -> list[str]:
    """Return the parts of a message between the names and numbers that are put into it."""
    return re.split(r"\{[^}]*\}", text)


@cache
def english() -> Mapping[Word, tuple[str, ...]]:
    """Return the English that is said for an Indonesian text, of one and of many."""
    with resource("i18n", "en", "LC_MESSAGES", "ult_desktop.po").open("rb") as file:
        return {(each.context or "", _forms(each.id)[0]): _forms(each.string) for each in read_po(file)}


def _forms(told: object) -> tuple[str, ...]:
    return (
        (told,) if isinstance(told, str) else tuple(map(str, told)) if isinstance(told, tuple | list) else ()
    )


@pytest.mark.parametrize("language", languages())
def test_every_word_of_the_kiosk_has_a_clip(language: str) -> None:
    texts = {text for each in every_word() for text in ((each[1],) if language == "id" else english()[each])}
    texts |= {getattr(FREE_OF_CHARGE, language), *every_day(language)}
    survey = tomllib.loads(resource("survey", "skm-14-2017.toml").read_text("utf-8"))
    for element in survey["elements"]:
        texts |= {each[language] for each in (element["question"], *element["answers"])}
    silent = {
        text: piece
        for text in texts
        for part in parts(text)
        for piece in read_aloud(part, language)
        if piece.name or piece.language  # in the language of another page
    }
    assert silent == {}


@pytest.mark.parametrize("language", languages())
def test_every_clip_of_the_guidance_is_there(language: str) -> None:
    wanted = {
        clip.name
        for clip in every_clip()
        if clip.words_in(language) and clip.group not in ("calls", "endings")
    }
    folder = guide_path(language, "a").parent
    assert {path.stem for path in folder.iterdir()} == wanted
    assert sum(path.stat().st_size for path in folder.iterdir()) < 4_000_000


def test_a_service_is_read_with_its_load() -> None:
    words = told("NUPTK & NISN, nomor B, 3 menunggu, ± 12 menit", "id")
    assert words == ["?NUPTK & NISN", "nomor", "b", "tiga", "menunggu", "kira-kira", "dua", "belas", "menit"]
    words = told("NUPTK & NISN, number A, 115 waiting", "en")
    assert words == ["?NUPTK & NISN", "nomor", "a", "one", "hundred", "fifteen", "menunggu"]
    assert told("1 person ahead of you, ± 1 minute", "en")[1::3] == ["seorang-di-depan-anda", "satu-menit"]


@pytest.mark.parametrize(
    ("number", "words"), [("0", "zero"), ("20", "twenty"), ("47", "forty seven"), ("300", "three hundred")]
)
def test_english_numbers(number: str, words: str) -> None:
    assert " ".join(told(number, "en")) == words


def test_labels_and_long_numbers_are_spelt() -> None:
    assert told("A012", "id") == ["a", "nol", "satu", "dua"]
    assert told("08123", "id") == ["nol", "delapan", "satu", "dua", "tiga"]
    assert [each.clip for each in spell("Ab 1!", "en")] == ["a", "b", "one"]


def test_a_name_brings_what_is_said_without_a_voice() -> None:
    assert read_aloud("Dapodik, 2 menunggu", "id", ("layanan",)) == (
        Piece(name="Dapodik", instead=("layanan",)),
        Piece("dua"),
        Piece("menunggu"),
    )
    assert own_clip("NUPTK & NISN") == "nama-nuptk-nisn"
