"""Words of deviations and delegations; when a delegation holds."""

import msgspec
import pytest

from ult_desktop.core.accountability.deviations import (
    CheckedItem,
    Delegation,
    DeviationKind,
    DeviationState,
    form_word,
)

GIVEN = Delegation(
    id=1,
    absent_id=1,
    absent="Siti",
    delegate_id=2,
    delegate="Nina",
    form="lisan",
    letter_number="",
    letter_date="",
    first_day="2026-11-23",
    last_day="2026-11-23",
    begins_at=100,
    ends_at=200,
    ordered_by="Kepala",
    notes="",
    procedure_id="kaltara-helpdesk",
    document_id=None,
    given_at=50,
    ended_at=None,
)


def test_words() -> None:
    assert [kind.word for kind in DeviationKind] == ["Waktu", "Output", "Perlengkapan"]
    assert [state.word for state in DeviationState] == [
        "Terbuka",
        "Dijelaskan",
        "Diterima",
        "Ditindaklanjuti",
    ]
    assert (form_word("surat_penugasan"), form_word("lisan")) == ("Surat penugasan", "Lisan")


@pytest.mark.parametrize(("at", "holds"), [(99, False), (100, True), (199, True), (200, False)])
def test_it_holds_from_its_first_day_to_the_end_of_its_last(at: int, holds: bool) -> None:
    assert GIVEN.holds(at) is holds
    assert not msgspec.structs.replace(GIVEN, ended_at=150).holds(at)


@pytest.mark.parametrize("item", ["", "x" * 201])
def test_an_item_has_a_name_of_sane_length(item: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"item": item}, CheckedItem)
