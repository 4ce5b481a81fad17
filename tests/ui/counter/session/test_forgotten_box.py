"""An admin's way back at the sign-in page, with the code from the locked cabinet."""

import pytest
from pytestqt.qtbot import QtBot

from tests.office import RECOVERY_CODE
from tests.ui.conftest import Picture, Show
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.counter.pages.bench import Bench
from ult_desktop.base.i18n import use_language
from ult_desktop.ui.counter.session.passwords import ForgottenBox
from ult_desktop.ui.kit.theme import Contrast


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_an_admin_with_the_code_chooses_a_new_password(
    bench: Bench, qtbot: QtBot, show: Show, picture: Picture, language: str, contrast: Contrast
) -> None:
    use_language(language)
    counter = RealCounter(bench, qtbot, show)
    counter.open(contrast=contrast)
    page = counter.window.sign_in
    bench.wait(lambda: page.officer.findData("admin") >= 0)
    page.officer.setCurrentIndex(page.officer.findData("admin"))
    picture(counter.window, f"sign-in-forgot-{language}")
    page.forgot_button.click()
    (box,) = counter.window.findChildren(ForgottenBox)
    for name, text in (("code", RECOVERY_CODE), ("new", "kopi pagi di teras"), ("again", "kopi pagi di")):
        box.form.field(name).show_value(text)
    box.form.submit()
    assert box.form.field("again").error.isVisible()
    picture(box, f"forgot-{language}")
    box.form.field("again").show_value("kopi pagi di teras")
    box.form.field("code").show_value("ABC")
    box.form.submit()
    bench.wait(box.form.refusal.isVisible)
    box.form.field("code").show_value(RECOVERY_CODE)
    box.form.submit()
    bench.wait(lambda: not counter.boxes())
    page.password.setText("kopi pagi di teras")
    page.counter.setCurrentIndex(page.counter.count() - 1)
    page.button.click()
    bench.wait(lambda: counter.window.workspace is not None and counter.window.workspace.isVisible())
