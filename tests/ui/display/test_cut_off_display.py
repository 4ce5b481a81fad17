"""A lobby TV whose share goes away: the last state stays, the clock runs, it heals by itself."""

from pathlib import Path

import pytest

from tests.office import make_office
from tests.ui.display.caller import other_counter
from tests.ui.display.lone_display import lone_display
from tests.ui.ports import free_port


@pytest.mark.usefixtures("own_home")
def test_the_last_state_stays_and_it_heals_by_itself(tmp_path: Path) -> None:
    path = make_office(tmp_path / "kantor")
    with other_counter(path) as tell, lone_display(path, free_port()) as display:
        tell("issue A")
        tell("issue A")
        assert tell("call 1") == "A001"
        display.wait(lambda look: look["shown"] == ["A001"])
        display.tell("pull")
        cut = display.wait(lambda look: look["connection"] != "online")
        assert cut["notice"] == "memperbarui…"
        assert cut["shown"] == ["A001"], "what was known stays"
        assert not cut["waiting"]
        tell("arrive 1")
        tell("finish 1")
        assert tell("call 1") == "A002"
        later = display.wait(lambda look: look["connection"] == "offline" and look["clock"] != cut["clock"])
        assert later["shown"] == ["A001"]
        display.wait(lambda look: look["clock"] not in (cut["clock"], later["clock"]))
        display.tell("plug")
        display.wait(lambda look: look["shown"][:1] == ["A002"])
        display.wait(lambda look: look["connection"] == "online" and look["notice"] == "")
