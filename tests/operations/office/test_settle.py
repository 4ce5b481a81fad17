"""A station's own journal is settled, and lets old rows go; a clock alone does not decide that."""

from pathlib import Path

import pytest

from tests.db.store.test_journal import rows
from tests.operations.scene import Scene
from ult_desktop.core.stamps import DAY_MS

MONTH = 36 * DAY_MS


def journal(scene: Scene) -> Path:
    return scene.path.parent / "journal-uji.db"


@pytest.mark.parametrize(("someone_came", "left"), [(True, 1), (False, 2)])
def test_what_is_settled_goes_after_35_days_if_the_log_says_that_they_went_by(
    scene: Scene, someone_came: bool, left: int
) -> None:
    """Without a newer entry it is a clock's word alone."""
    scene.sit(2)
    scene.office.settle()
    assert len(rows(journal(scene))) == 2
    scene.clock.now += MONTH
    if someone_came:
        scene.sit(3)
    scene.office.settle()
    assert len(rows(journal(scene))) == left
