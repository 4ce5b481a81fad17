"""A procedure as PDF: every word of the document, its table over several pages, room to sign."""

import pytest

from tests.pictures import LOGO
from tests.reports.pdf_words import pages_and_words
from ult_desktop.core.procedures import document
from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids
from ult_desktop.reports.procedure import procedure_pdf


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", procedure_ids())
def test_every_word_of_the_document_is_on_paper(name: str) -> None:
    read = load_procedure(name)
    pages, words = pages_and_words(procedure_pdf(read))
    # One for the lists, where they fit on it, and none for a line or a signature alone.
    assert pages == (4 if name == "sumut-tatap-muka" else 3)
    told = [value for _head, value in document.head_rows(read)]
    told += [item for part in document.document_lists(read) for item in part.items]
    told += [step.activity for step in read.steps]
    told += [value for step in read.steps for _head, value in document.quality_rows(step)]
    missing = [text for text in told if any(plain(line) not in words for line in text.splitlines())]
    assert not missing


def test_who_signs_is_named_or_has_room_for_it() -> None:
    named = pages_and_words(procedure_pdf(load_procedure("kaltara-helpdesk")))[1]
    assert plain("Kepala BPMP Provinsi Kalimantan Utara,Andrianus Hendro Triatmoko, S.T., M.T") in named
    own = document.adapted_to_office(load_procedure("kaltara-helpdesk"), "BPMP Provinsi Riau")
    words = pages_and_words(procedure_pdf(own))[1]
    assert plain("Kepala BPMP Provinsi Riau,....") in words
    assert "Andrianus" not in words


def test_the_same_procedure_gives_the_same_bytes() -> None:
    assert procedure_pdf(load_procedure("kepri-daring")) == procedure_pdf(load_procedure("kepri-daring"))


def test_the_office_that_runs_it_has_its_logo_on_it() -> None:
    read = load_procedure("kepri-daring")
    assert b"/Subtype /Image" in procedure_pdf(read, LOGO)
    assert b"/Subtype /Image" not in procedure_pdf(read)
