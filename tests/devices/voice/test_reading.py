"""What the kiosk writes can be read aloud: every fixed word of it has a clip, in both languages."""

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po

from tests.program import ROOT
from ult_desktop.base.paths import resource
from ult_desktop.devices.voice.clips import every_clip
from ult_desktop.devices.voice.guide_files import GUIDE_LANGUAGES, guide_path
from ult_desktop.devices.voice.reading import Piece, own_clip, read_aloud, spell

KIOSK = ROOT / "ult_desktop" / "ui" / "kiosk"
OTHERS = ("base/formats.py", "core/queue/opening.py", "db/queue/boards.py", "operations/queue/issuing.py")
SOURCES = (*KIOSK.rglob("*.py"), *(ROOT / "ult_desktop" / each for each in OTHERS))
NOT_READ = ("kiosk/frame/pin_page.py",)  # the officer's


def told(text: str, language: str) -> list[str]:
    return [piece.clip or f"?{piece.name}" for piece in read_aloud(text, language)]


def every_word() -> Iterator[str]:
    for path in SOURCES:
        if path.as_posix().endswith(NOT_READ):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                (words,) = node.args
                if isinstance(words, ast.Constant) and isinstance(words.value, str):
                    yield words.value


def parts(text: str) -> list[str]:
    """What of a message stands between the names and numbers that are put into it."""
    return re.split(r"\{[^}]*\}", text)


@pytest.mark.parametrize("language", GUIDE_LANGUAGES)
def test_every_word_of_the_kiosk_has_a_clip(language: str) -> None:
    catalogue = resource("i18n", "en", "LC_MESSAGES", "ult_desktop.po")
    with catalogue.open("rb") as file:
        english = {str(each.id): str(each.string) for each in read_po(file)}
    texts = {each if language == "id" else english[each] for each in every_word()}
    survey = tomllib.loads(resource("survey", "skm-14-2017.toml").read_text("utf-8"))
    for element in survey["elements"]:
        texts |= {each[language] for each in (element["question"], *element["answers"])}
    silent = {
        text: piece.name
        for text in texts
        for part in parts(text)
        for piece in read_aloud(part, language)
        if piece.name
    }
    assert silent == {}


@pytest.mark.parametrize("language", GUIDE_LANGUAGES)
def test_every_clip_of_the_guidance_is_there(language: str) -> None:
    wanted = {
        clip.name
        for clip in every_clip()
        if getattr(clip, language) and clip.group not in ("calls", "endings")
    }
    folder = guide_path(language, "a").parent
    assert {path.stem for path in folder.iterdir()} == wanted
    assert sum(path.stat().st_size for path in folder.iterdir()) < 4_000_000


def test_a_service_is_read_with_its_load() -> None:
    words = told("NUPTK & NISN, nomor A, 3 menunggu, ± 12 menit", "id")
    assert words == ["?NUPTK & NISN", "nomor", "a", "tiga", "menunggu", "kira-kira", "dua", "belas", "menit"]
    words = told("NUPTK & NISN, number A, 115 waiting", "en")
    assert words == ["?NUPTK & NISN", "nomor", "a", "one", "hundred", "fifteen", "menunggu"]


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
