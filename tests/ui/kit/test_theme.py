"""The tokens keep their promises, and a window follows its theme."""

import re
from itertools import product

import pytest
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.look import contrast
from tests.ui.written import LEAST
from ult_desktop.base.paths import resource
from ult_desktop.base.tokens import load_tokens
from ult_desktop.ui.kit.theme import Contrast, Face, Theme, set_style_properties
from ult_desktop.ui.kit.typeset import TABULAR, sans
from ult_desktop.ui.kit.widgets.label import Label

FACES: tuple[Face, ...] = ("kiosk", "counter", "display")
CONTRASTS: tuple[Contrast, ...] = ("light", "kontras")
LOOKS = list(product(FACES, CONTRASTS))


@pytest.mark.parametrize(("face", "look"), LOOKS)
def test_words_and_marks_stand_out_from_their_ground(face: Face, look: Contrast) -> None:
    theme, pairs = Theme(face, look), load_tokens().pairs
    weak = [
        (ink, ground, round(found, 2))
        for held, least in ((pairs.words, LEAST[look]), (pairs.marks, 4.5))
        for ink, ground in held
        if (found := contrast(theme.color(ink), theme.color(ground))) < least
    ]
    assert weak == []


def test_yellow_and_cyan_write_no_words() -> None:
    theme = Theme("kiosk", "kontras")
    words = {theme.color(ink).name() for ink, _ground in load_tokens().pairs.words}
    assert words == {"#ffffff", "#000000"}


def test_every_colour_of_words_is_held_to_a_contrast() -> None:
    held = {ink for ink, _ground in load_tokens().pairs.words}
    inks = {name for name in load_tokens().colours.light if name.split("-")[-1] in ("ink", "soft")}
    grounds = {name for name in inks if name.endswith("-soft") and "ink" not in name}
    assert inks - grounds - held == {"logo-ink"}


def test_what_the_stylesheet_sets_together_is_held_to_a_contrast() -> None:
    template = resource("theme", "app.qss").read_text(encoding="utf-8")
    together = set()
    for rule in re.split(r"}\s*\n", template):
        ink = re.search(r"(?<![\w-])color: {([\w-]+)}", rule)
        ground = re.search(r"(?<![\w-])background: {([\w-]+)}", rule)
        if ink and ground:
            together.add((ink[1], ground[1]))
    assert len(together) > 10
    assert together - set(load_tokens().pairs.words) == set()


def test_the_palettes_name_the_same_colours() -> None:
    colours = load_tokens().colours
    assert set(colours.kontras) == set(colours.light)
    assert set(colours.display) <= set(colours.light)
    assert all(QColor(value).isValid() for value in (*colours.light.values(), *colours.kontras.values()))


def test_the_contrast_formula() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("face", "look"), LOOKS)
def test_nothing_is_left_to_fill_in(face: Face, look: Contrast) -> None:
    sheet = Theme(face, look, 0.7, 1.25).stylesheet()
    assert re.findall(r"\{[\w-]+\}", sheet) == []


def test_classes_are_not_named_like_properties_of_qt(qtbot: QtBot) -> None:
    template = resource("theme", "app.qss").read_text(encoding="utf-8")
    used = set(re.findall(r"(\w+)\[(\w+)=", template))
    kinds = {"QLabel": QLabel, "QPushButton": QPushButton}
    clashes = []
    for kind, name in used:
        widget = kinds.get(kind, QWidget)()
        qtbot.addWidget(widget)
        if widget.metaObject().indexOfProperty(name) >= 0:
            clashes.append((kind, name))
    assert clashes == []


@pytest.mark.parametrize(
    ("face", "size", "scale"),
    [
        ("kiosk", (1080, 1920), 1.0),
        ("kiosk", (1920, 1080), 1.0),
        ("kiosk", (1024, 768), 0.711),
        ("counter", (1366, 768), 1.0),
        ("counter", (1920, 1080), 1.203),
        ("display", (1920, 1080), 1.0),
        ("display", (1280, 720), 0.667),
        ("display", (3840, 2160), 2.0),
    ],
)
def test_the_scale_follows_the_screen(face: Face, size: tuple[int, int], scale: float) -> None:
    assert Theme.for_window(face, *size).scale == pytest.approx(scale, abs=0.001)


def test_fingers_do_not_shrink_with_the_screen() -> None:
    small = Theme.for_window("kiosk", 1024, 768)
    assert (small.target, small.gap) == (96, 16)
    assert Theme("kiosk", scale=2.0).target == 192


def test_named_and_drawn_sizes() -> None:
    theme = Theme("kiosk", scale=0.5, large_text=2.0)
    assert (theme.text("body"), theme.text(40), theme.px(10), theme.px(0)) == (28, 40, 5, 0)
    assert theme.font("title", 700).pixelSize() == theme.text("title")


def test_figures_are_all_of_one_width(qtbot: QtBot) -> None:
    theme = Theme("counter")
    window = QWidget()
    qtbot.addWidget(window)
    label = Label("111", "heading", parent=window)
    theme.apply(window)
    label.ensurePolished()
    metrics = label.fontMetrics()
    assert metrics.horizontalAdvance("111") == metrics.horizontalAdvance("888")
    assert label.font().family() == "Inter"
    assert label.font().weight() == 700


def test_a_window_follows_its_theme(qtbot: QtBot) -> None:
    theme = Theme("counter")
    window = QWidget()
    qtbot.addWidget(window)
    label = Label("Antrean", parent=window)
    theme.apply(window)
    label.ensurePolished()
    assert label.font().pixelSize() == 15
    with qtbot.waitSignal(theme.changed):
        theme.set_text_size(125)
    assert label.font().pixelSize() == 19
    with qtbot.waitSignal(theme.changed):
        theme.set_contrast("kontras")
    assert label.palette().color(label.foregroundRole()).name() == "#ffffff"
    with qtbot.waitSignal(theme.changed):
        theme.fit(1920, 1080)
    assert label.font().pixelSize() == 23


def test_the_same_size_again_restyles_nothing(qtbot: QtBot) -> None:
    theme = Theme.for_window("kiosk", 1080, 1920)
    with qtbot.assertNotEmitted(theme.changed):
        theme.fit(1080, 1920)


def test_a_window_that_is_gone_is_forgotten() -> None:
    theme = Theme("counter")
    theme.apply(QWidget())
    theme.set_contrast("kontras")
    assert theme.contrast == "kontras"


def test_a_class_set_later_takes_effect(qtbot: QtBot) -> None:
    theme = Theme("counter")
    window = QWidget()
    qtbot.addWidget(window)
    label = Label("x", parent=window)
    theme.apply(window)
    set_style_properties(label, tone="danger")
    assert label.palette().color(label.foregroundRole()) == theme.color("danger-soft-ink")


def test_an_unknown_colour_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Theme("kiosk").color("mauve")


def test_a_hyphen_does_not_tear_a_word_apart(qtbot: QtBot) -> None:
    """Figures of one width come with a hyphen of their width; words are worth more than columns."""
    label, figures = Label("Laki-laki"), Label("1111")
    for each in (label, figures):
        qtbot.addWidget(each)
    assert label.fontMetrics().horizontalAdvance("-") < figures.fontMetrics().horizontalAdvance("0")
    assert figures.fontMetrics().horizontalAdvance("1") == figures.fontMetrics().horizontalAdvance("0")
    label.setText("D-0007/2026")
    assert label.fontMetrics().horizontalAdvance("-") < figures.fontMetrics().horizontalAdvance("0")
    label.setText("0811-390")
    assert label.fontMetrics().horizontalAdvance("1") == label.fontMetrics().horizontalAdvance("0")
    assert sans(28, tabular=False).featureValue(QFont.Tag(TABULAR)) == 0


def test_a_hyphen_leaves_weight_and_size_to_the_theme(qtbot: QtBot) -> None:
    """A label that had one looks like any other as soon as its class changes."""
    theme, page = Theme("kiosk"), QWidget()
    qtbot.addWidget(page)
    label, other = Label("Selamat pagi", "hero", parent=page), Label("Selamat pagi", "hero", parent=page)
    theme.apply(page)
    label.ensurePolished()
    label.setText("Baik-baik")
    for size in ("small", "title", "body"):
        for each in (label, other):
            set_style_properties(each, type=size)
        assert (label.font().weight(), label.font().pixelSize()) == (
            other.font().weight(),
            other.font().pixelSize(),
        )
