"""A line asks for Latin letters where a name has none: not every printer has others."""

import pytest

from tests.ui.conftest import Show
from ult_desktop.ui.kit.forms import LineField, SecretField
from ult_desktop.ui.kit.theme import Theme


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", False),
        ("0812 3456", False),
        ("José Ma’ruf", False),
        ("山田太郎", True),
        ("Yamada Taro (山田太郎)", False),
        ("Ахмед", True),
        ("محمد", True),
    ],
)
def test_a_name_in_other_letters_is_asked_for_in_latin_ones_too(show: Show, text: str, asked: bool) -> None:
    field = LineField(Theme.for_window("counter", 1280, 720), "name", "Nama")
    show(field, 400, 200)
    field.show_value("山田")
    field.show_value(text)
    assert field.transcription is not None
    assert field.transcription.isVisible() == asked


def test_a_password_is_asked_for_as_it_is(show: Show) -> None:
    field = SecretField(Theme.for_window("counter", 1280, 720), "password", "Kata sandi")
    show(field, 400, 200)
    field.line.setText("密码")
    assert field.transcription is None
