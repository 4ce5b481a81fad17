"""Which procedure a visit runs under."""

import pytest

from ult_desktop.core.visits.visit import ProcedureInForce, VisitChannel, choose_procedure

DESK = ProcedureInForce(id="meja", version=2, channel=VisitChannel.FACE_TO_FACE, for_vulnerable=False)
OTHER = ProcedureInForce(id="lain", version=1, channel=VisitChannel.FACE_TO_FACE, for_vulnerable=False)
CARE = ProcedureInForce(id="rentan", version=1, channel=VisitChannel.FACE_TO_FACE, for_vulnerable=True)
PHONE = ProcedureInForce(id="telepon", version=1, channel=VisitChannel.PHONE, for_vulnerable=False)
ALL = (CARE, DESK, OTHER, PHONE)


@pytest.mark.parametrize(
    ("channel", "preferred", "vulnerable", "chosen"),
    [
        (VisitChannel.FACE_TO_FACE, "", False, DESK),
        (VisitChannel.FACE_TO_FACE, "lain", False, OTHER),
        (VisitChannel.FACE_TO_FACE, "tidak-ada", False, DESK),
        (VisitChannel.FACE_TO_FACE, "lain", True, CARE),
        (VisitChannel.PHONE, "", True, PHONE),
        (VisitChannel.ONLINE, "", False, None),
    ],
)
def test_the_closest_procedure_is_chosen(
    channel: VisitChannel, preferred: str, vulnerable: bool, chosen: ProcedureInForce | None
) -> None:
    assert choose_procedure(ALL, channel, preferred, vulnerable=vulnerable) == chosen
