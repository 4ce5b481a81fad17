"""An office that is restored from a backup is changed again as it was changed, between the same numbers."""

from pathlib import Path

import msgspec
import pytest

from tests.office import PASSWORD, open_office
from tests.operations.town import Town
from ult_desktop.core.office.template import ServiceTemplate, Words
from ult_desktop.operations.backup.restoring import restore
from ult_desktop.operations.office.office_changes import office_document, plan_change


@pytest.mark.file_only("copies")
def test_changes_come_back_with_their_numbers(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.take("kios-1")
    town.back_up()
    desk = town.offices["loket-1"]
    admin = desk.sign_in("admin", PASSWORD)
    made = desk.read(office_document)
    more = ServiceTemplate(prefix="Q", name=Words("Legalisasi"))
    for changed in (
        msgspec.structs.replace(made, running_text=("Selamat datang",)),
        msgspec.structs.replace(made, services=(*made.services, more)),
    ):
        command = desk.read(lambda tx, wanted=changed: plan_change(tx, wanted, desk.clock())).command  # type: ignore[misc]
        desk.perform(command, admin)
    town.take("kios-1", service=len(made.services) + 1)
    before, papers = desk.read(office_document), town.tickets()
    town.close()
    came = restore(town.wish("kios-1", "kios-2", force=True), lambda _words: None)
    assert (came.replayed.refused, came.verdict.ok) == ((), True)
    assert town.tickets() == papers
    again = open_office(town.path, "pembaca")
    assert again.read(office_document) == before
    assert before.services[-1] == more
    again.close()
