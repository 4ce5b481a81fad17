"""The picture of a procedure: well-formed, complete, and nothing outside its frame."""

import xml.etree.ElementTree as ET

import pytest

from tests.procedures import procedure, step
from ult_desktop.base.tokens import load_tokens
from ult_desktop.core.procedures.flow import flow_picture, wrap_text
from ult_desktop.core.procedures.standard_time import time_words
from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids

COLOURS = load_tokens().colours.light
SVG = "{http://www.w3.org/2000/svg}"


def texts(picture: str) -> str:
    return " ".join(element.text or "" for element in ET.fromstring(picture).iter(f"{SVG}text"))


@pytest.mark.parametrize("name", procedure_ids())
def test_every_step_is_written_out(name: str) -> None:
    read = load_procedure(name)
    written = texts(flow_picture(read, COLOURS))
    assert read.title in written
    for each in read.steps:
        assert " ".join(wrap_text(each.activity, 276)) in written
        assert time_words(each.time) in written
        assert all(branch.label.split()[0] in written for branch in each.branches)


@pytest.mark.parametrize("name", procedure_ids())
def test_nothing_is_drawn_outside(name: str) -> None:
    root = ET.fromstring(flow_picture(load_procedure(name), COLOURS))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for line in root.iter(f"{SVG}polyline"):
        points = [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]
        assert all(0 < x < width and 0 < y < height for x, y in points)
    assert len(list(root.iter(f"{SVG}polyline"))) >= len(load_procedure(name).steps) - 1


def test_words_of_the_file_are_text_and_never_markup() -> None:
    assert "<b>&" in texts(flow_picture(procedure(step(1, activity="<b>&")), COLOURS))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("satu dua tiga", ("satu dua", "tiga")),
        ("pertanyaan/permasalahan", ("pertanya", "an/", "permasal", "ahan")),
        ("mmmmmmmmmm", ("mmmmmm", "mmmm")),
    ],
)
def test_wrapping(text: str, lines: tuple[str, ...]) -> None:
    assert wrap_text(text, 66) == lines
