"""Pictures of what visitors see are those of the windows' own widgets, with the words as they would be."""

from datetime import UTC, datetime

import msgspec
import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from ult_desktop.app import previews
from ult_desktop.core.office.template import OfficeTemplate, Words
from ult_desktop.operations.office.office_files import load_office

NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)


@pytest.fixture
def office(qtbot: QtBot) -> OfficeTemplate:
    """Pictures need an application."""
    assert qtbot is not None
    return load_office()


def differ(one: QPixmap, two: QPixmap) -> bool:
    assert not one.isNull()
    assert one.size() == two.size()
    return one.toImage() != two.toImage()


def test_the_card_has_the_words_of_the_service(office: OfficeTemplate) -> None:
    service = office.services[0]
    renamed = msgspec.structs.replace(service, name=Words("Legalisasi"), description=None)
    assert differ(previews.card_picture(service, "light"), previews.card_picture(renamed, "light"))
    assert differ(previews.card_picture(service, "light"), previews.card_picture(service, "kontras"))


def test_the_ticket_has_the_name_of_the_office(office: OfficeTemplate) -> None:
    other = msgspec.structs.replace(office, office=msgspec.structs.replace(office.office, name="BPMP Lain"))
    assert differ(previews.ticket_picture(office, NOW), previews.ticket_picture(other, NOW))


def test_the_lobby_has_the_running_text(office: OfficeTemplate) -> None:
    other = msgspec.structs.replace(office, running_text=("Antre tertib",))
    assert differ(previews.lobby_picture(office, "light", NOW), previews.lobby_picture(other, "light", NOW))
