"""The shipped procedures stand word for word as their scanned sources, but for the listed repairs."""

import re
from collections import Counter
from pathlib import Path

import pytest

from ult_desktop.core.procedures import document
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids

SOURCES = Path(__file__).parents[2] / "data" / "pos"
TORN = "dki-kelompok-rentan"
"""Its table was read line by line across its cells: its words are there, in another order."""
_REPAIR = re.compile(r"'([^']+)' -> '([^']+)'")
_MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember"


def normal(text: str) -> str:
    """Without what a scanner adds: rules, stars, numbers of list items, spaces and the case of heads."""
    text = re.sub(r"</?i>|[*|]", " ", text)
    text = re.sub(r"^\s*-?\s*\d{0,2}\s*\.?\s+(?=\S)", " ", text, flags=re.MULTILINE)
    return " ".join(re.findall(r"\w+", text.lower()))


def source_of(name: str) -> str:
    text = (SOURCES / f"{name}.txt").read_text(encoding="utf-8")
    for note in load_procedure(name).notes.damage:
        for found, mended in _REPAIR.findall(note):
            assert found in text, f"{name}: nothing to repair: {found}"
            text = re.sub(rf"(?<!\w){re.escape(found)}", mended, text)
    return normal(text)


def documents(read: Procedure) -> list[str]:
    """Every passage that the program took from the document."""
    passages = [
        read.title,
        *read.office.parents,
        read.office.name,
        read.approved_by.name,
        read.approved_by.nip,
    ]
    passages += [*read.legal_basis, *read.related, *read.equipment, *read.warnings, *read.recording]
    passages += [item for part in read.qualifications for item in part.items]
    for step in read.steps:
        passages += [step.activity, *step.inputs, *step.outputs, step.remarks]
    return [piece for passage in passages for piece in passage.split("[…]") if piece.strip()]


@pytest.mark.parametrize("name", procedure_ids())
def test_every_passage_stands_in_the_source(name: str) -> None:
    source, words = source_of(name), Counter(source_of(name).split())
    for passage in documents(load_procedure(name)):
        wanted = normal(passage)
        there = wanted in source or (name == TORN and not Counter(wanted.split()) - words)
        assert there, f"{name}: {passage}"


@pytest.mark.parametrize("name", procedure_ids())
def test_nothing_of_the_steps_was_left_out(name: str) -> None:
    """Each word of the source's table stands in the file, as often or more."""
    read = load_procedure(name)
    table = source_of(name).split("kegiatan", 1)[1]
    ours = Counter(normal(" ".join((*documents(read), *heads(read)))).split())
    left = {word for word in table.split() if word not in ours and len(word) > 2 and not word.isdigit()}
    assert left <= NOISE.get(name, set()), left


@pytest.mark.parametrize("name", procedure_ids())
def test_nothing_of_the_head_was_left_out(name: str) -> None:
    """Each word that stands before the source's table stands in what the program prints there."""
    read = load_procedure(name)
    printed = [" ".join(row) for row in document.head_rows(read)]
    printed += [" ".join((part.heading, *part.items)) for part in document.document_lists(read)]
    ours = set(normal(" ".join((*documents(read), *heads(read), *printed))).split())
    left = {word for word in source_of(name).split("kegiatan", 1)[0].split() if word not in ours}
    assert {word for word in left if len(word) > 2 and not word.isdigit()} <= HEAD_NOISE.get(name, set())


HEAD_NOISE = {
    TORN: {"zezs"},  # of a date that cannot be read
    # the stamp over the signature; "Tgl."; the NIP without its space
    "kepri-daring": {"raai", "perlamban", "warai", "parai", "tgl", "nip197512042002121003"},
}


def heads(read: Procedure) -> list[str]:
    """Return the table's further words: names of columns, actors, times and branches."""
    times = [value for step in read.steps for _name, value in document.quality_rows(step)]
    columns = ["Pelaksana Mutu Baku Kegiatan Kelengkapan Waktu Output Keluaran Keterangan KET No"]
    return [*columns, *(actor.name for actor in read.actors), *times]


_SHREDS = "petugas_ uitt memer lksa keleyn gkapan gka gers aratan pelay pers mesi fotopko persy pir pengg"
NOISE = {TORN: set(_SHREDS.split())}
"""The shreds that the scanner made of words which stand elsewhere on the same page."""


@pytest.mark.parametrize("name", procedure_ids())
def test_the_dates_and_numbers_of_the_head(name: str) -> None:
    read, source = load_procedure(name), source_of(name)
    assert normal(read.number) in source
    for day in filter(None, (read.dates.created, read.dates.revised, read.dates.effective)):
        written = f"{day.day} {_MONTHS.split()[day.month - 1]} {day.year}"
        assert written in source or f"0{written}" in source
