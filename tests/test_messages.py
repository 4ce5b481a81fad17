"""The catalogues are in step with the source, complete, and hold the same places to fill in."""

import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po

from ult_desktop.base import i18n

ROOT = Path(__file__).parents[1]
PO = ROOT / "resources/i18n/en/LC_MESSAGES/ult_desktop.po"
CLICK_PO = ROOT / "resources/i18n/id/LC_MESSAGES/click.po"


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools/messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_run_changes_nothing(messages: ModuleType) -> None:
    template = messages.extract()
    text = messages.as_po(messages.update("en", template, prune=True))
    assert PO.read_text(encoding="utf-8") == text
    assert PO.with_suffix(".mo").read_bytes() == messages.as_mo(text, "en")
    pot = ROOT / "resources/i18n/ult_desktop.pot"
    assert pot.read_text(encoding="utf-8") == messages.as_po(template)
    click_text = messages.as_po(messages.update("id", messages.extract_click(), domain="click", prune=True))
    assert CLICK_PO.read_text(encoding="utf-8") == click_text
    assert CLICK_PO.with_suffix(".mo").read_bytes() == messages.as_mo(click_text, "id")


def test_everything_is_translated(messages: ModuleType) -> None:
    for path in (PO, CLICK_PO):
        assert messages.missing(path.read_text(encoding="utf-8")) == []


def test_places_to_fill_in_are_kept() -> None:
    with PO.open("rb") as file:
        catalogue = read_po(file)
    places = re.compile(r"\{(\w*)")
    wrong = [
        words
        for each in catalogue
        if each.id
        for words, said in zip(_said(each.id), _said(each.string), strict=True)
        if sorted(places.findall(words)) != sorted(places.findall(said))
    ]
    assert wrong == []


def _said(words: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the words of one, and of many where that is another message."""
    return (words,) if isinstance(words, str) else tuple(words or ())


@pytest.mark.parametrize(
    "words",
    [
        *("Tanpa antrean", "Kecualikan", "Hentikan waktu", "anggil lisan", "anggilan lisan", "Sebutan unit"),
        *("Yang ditemui", "Yang ditanyakan", "Minta waktu", "Perlengkapan kurang", "median", "tersegel"),
        *("kiosk ", " — "),
    ],
)
def test_words_that_were_misread_are_not_used(words: str) -> None:
    """Finding D of docs/accessibility.md."""
    with PO.open("rb") as file:
        said = [each.id if isinstance(each.id, str) else each.id[0] for each in read_po(file)]
    assert not [text for text in said if words in text]


def test_a_translation_survives_a_word_that_is_gone_for_a_while(
    messages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "CATALOGUES", tmp_path)
    path = tmp_path / "en" / "LC_MESSAGES" / "ult_desktop.po"
    path.parent.mkdir(parents=True)
    with_word, without = messages.Catalog(), messages.Catalog()
    with_word.add("Loket {n}")
    text = messages.as_po(messages.update("en", with_word, prune=False))
    path.write_text(
        text.replace('msgstr ""\n', 'msgstr "Counter {n}"\n').replace(
            'msgid ""\nmsgstr "Counter {n}"', 'msgid ""\nmsgstr ""'
        ),
        encoding="utf-8",
    )
    path.write_text(messages.as_po(messages.update("en", without, prune=False)), encoding="utf-8")
    assert messages.update("en", with_word, prune=False).get("Loket {n}").string == "Counter {n}"
    assert "Counter" not in messages.as_po(messages.update("en", without, prune=True))


def test_english_is_spoken() -> None:
    i18n.use_language("en")
    assert i18n._("Selamat pagi") == "Good morning"
    i18n.use_language("xx")
    assert i18n._("Selamat pagi") == "Selamat pagi"


def test_words_are_found_where_they_stand(messages: ModuleType) -> None:
    source = '_("satu"); x._("no"); _(name); Pin = Annotated[str, Meta(min=1, description="dua")]'
    assert sorted(messages.words_of(source)) == [("dua", ""), ("satu", "")]
    keys = 'class Way(WordEnum):\n    """Ways."""\n\n    IN = "in", "masuk"\n'
    keys += '\n\nclass Key(StrEnum):\n    IN = "in"\n'
    assert list(messages.words_of(keys)) == [("masuk", "")]


def test_words_of_many_and_of_a_context_are_messages_of_their_own(messages: ModuleType) -> None:
    source = 'counted("{n} kartu", n); pgettext("many", "Kartu"); plural_form("{n} hari", n)'
    assert set(messages.words_of(source)) == {
        ("Kartu", "many"),
        (("{n} hari", "{n} hari"), ""),
        (("{n} kartu", "{n} kartu"), ""),
    }


def test_an_f_string_is_refused(messages: ModuleType) -> None:
    with pytest.raises(TypeError, match="f-string"):
        list(messages.words_of('_(f"Loket {n}")'))
