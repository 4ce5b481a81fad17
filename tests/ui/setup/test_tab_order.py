"""The wizard by Tab: each page is met as it is read, and begins at its first question."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.look import settle
from tests.ui.setup.conftest import Wizard
from tests.ui.setup.test_window import PAGES
from tests.ui.tab_order import out_of_order
from ult_desktop.base.i18n import use_language
from ult_desktop.ui.setup.draft import Mode, SetupDraft


@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_every_page_is_walked(wizard: Callable[..., Wizard], tmp_path: Path, language: str) -> None:
    use_language(language)
    shown: tuple[tuple[Mode, tuple[str, ...]], ...] = (("kiosk", PAGES), ("display", ("sound",)))
    wrong = {}
    for mode, pages in shown:
        making = wizard(
            SetupDraft(kind="here", place=str(tmp_path / "ult"), pin="1379", name="kios-lobi", mode=mode)
        )
        making.wait(making.window.isActiveWindow)
        for name in pages:
            making.window._show(name)
            making.wait(making.window.page.work.isHidden)
            settle()
            here = QApplication.focusWidget()
            inside = here is not None and making.window.page.isAncestorOf(here)
            wrong[name] = list(out_of_order(making.window)) if inside else [f"begins at {here}"]
        making.window.close()
    assert not {page: found for page, found in wrong.items() if found}
