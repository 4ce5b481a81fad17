"""Indonesian is the source; English comes from its catalogue; nothing else is spoken."""

import msgspec
import pytest

from ult_desktop.base.formats import counted
from ult_desktop.base.i18n import WordEnum, _, in_every_language, language, languages, pgettext, use_language


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


def test_one_and_many_are_said_otherwise_where_a_language_tells_them_apart() -> None:
    asked = ("{n} permintaan", "{n} hari kerja", "{n} kartu identitas masih dipegang: kembalikan dulu.")
    assert [counted(each, 1)[:8] for each in asked] == ["1 permin", "1 hari k", "1 kartu "]
    use_language("en")
    assert [counted(asked[0], n) for n in (0, 1, 2, 1200)] == [
        *("0 requests", "1 request", "2 requests", "1,200 requests")
    ]
    assert counted(asked[1], 1) == "1 working day"
    assert counted(asked[2], 1) == "1 identity card still held: return it first."
    assert counted("{name} ({n} hari kerja)", 1, name="Pungli") == "Pungli (1 working day)"


def test_one_word_is_several_where_a_language_tells_them_apart() -> None:
    assert pgettext("many", "Layanan") == "Layanan"
    use_language("en")
    assert (_("Layanan"), pgettext("many", "Layanan")) == ("Service", "Services")
    assert (_("Lainnya"), pgettext("acts", "Lainnya")) == ("Other", "More")
    assert pgettext("many", "kata yang tidak ada") == "kata yang tidak ada"


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
