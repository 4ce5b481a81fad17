"""The words of a case on the pages."""

import msgspec
import pytest

from tests.ui.counter.cases.conftest import CaseBench
from ult_desktop.ui.counter.cases.case_pane import case_facts


@pytest.mark.parametrize(
    ("phone", "email", "contact"),
    [
        ("belum terbuka", "belum terbuka", "belum terbuka"),
        ("0812••••890", "a••••@x.id", "0812••••890, a••••@x.id"),
        ("", "", ""),
    ],
)
def test_a_contact_that_is_sealed_says_so_once(
    bench: CaseBench, phone: str, email: str, contact: str
) -> None:
    card = bench.card(bench.case().id)
    guest = msgspec.structs.replace(card.guest, phone=phone, email=email)  # type: ignore[type-var]
    facts = case_facts(msgspec.structs.replace(card, guest=guest), bench.now())
    assert [fact.value for fact in facts if fact.name == "Kontak"] == [contact]
