"""Indonesian is the source; English comes from its catalogue; nothing else is spoken."""

import msgspec
import pytest

from ult_desktop.base.i18n import WordEnum, _, in_every_language, language, languages, use_language


@pytest.mark.parametrize(
    ("chosen", "in_force", "word"),
    [("id", "id", "Selesai"), ("en", "en", "Finish"), ("fr", "id", "Selesai"), ("", "id", "Selesai")],
)
def test_a_language_is_chosen(chosen: str, in_force: str, word: str) -> None:
    use_language(chosen)
    assert language() == in_force
    assert language() in languages()
    assert _("Selesai") == word


def test_no_words_stay_no_words() -> None:
    """gettext would answer the catalogue's head."""
    use_language("en")
    assert _("") == ""


def test_what_has_no_translation_is_said_as_it_is() -> None:
    use_language("en")
    assert _("kata yang tidak ada") == "kata yang tidak ada"


def test_what_anybody_may_have_read() -> None:
    assert in_every_language("Selesai") == {"Selesai", "Finish"}


class Way(WordEnum):
    """How a visit ends."""

    FINISH = "done", "Selesai"


def test_a_key_is_read_in_the_language_in_force_and_kept_as_itself() -> None:
    words = []
    for language_of_reader in languages():
        use_language(language_of_reader)
        words.append(Way("done").word)
    assert words == ["Selesai", "Finish"]
    assert msgspec.json.encode([Way.FINISH]) == b'["done"]'
    assert msgspec.json.decode(b'"done"', type=Way) is Way.FINISH
    assert (str(Way.FINISH), Way.FINISH.value) == ("done", "done")
