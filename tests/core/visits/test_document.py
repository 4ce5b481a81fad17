"""Documents by their content: what a copy is called that another program opens."""

import pytest

from ult_desktop.core.visits.document import MEDIA_TYPES, Document, copy_name


def document(name: str, media_type: str = "application/pdf") -> Document:
    return Document(
        id=7, sha256="", name=name, media_type=media_type, size=1, visit_id=None, at=0, officer="siti"
    )


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("surat tugas.pdf", "7-surat tugas.pdf"),
        ("surat.v2.PDF", "7-surat.v2.pdf"),
        ("surat.pdf.bat", "7-surat.pdf.pdf"),
        ("surat", "7-surat.pdf"),
        ("Hal: 5/2026 <asli>?.pdf", "7-2026 -asli.pdf"),
        ("..\\..\\mulai.pdf", "7-mulai.pdf"),
        ("", "7.pdf"),
    ],
)
def test_a_copy_has_a_name_for_any_system_and_the_ending_of_its_content(name: str, called: str) -> None:
    assert copy_name(document(name)) == called


@pytest.mark.parametrize("media_type", sorted(MEDIA_TYPES))
def test_every_kind_of_content_has_its_ending(media_type: str) -> None:
    assert copy_name(document("foto", media_type)).startswith("7-foto.")


def test_content_of_an_unknown_kind_has_none() -> None:
    assert copy_name(document("foto.exe", "application/x")) == "7-foto"
