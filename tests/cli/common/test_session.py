"""A question at the terminal: who cancels it is not told that nobody answered."""

import click
import pytest

from ult_desktop.base import UserError
from ult_desktop.cli.common import session


@pytest.mark.parametrize(("pressed", "error"), [(KeyboardInterrupt, click.Abort), (EOFError, UserError)])
def test_ctrl_c_cancels_and_the_end_of_the_input_is_nobody(
    monkeypatch: pytest.MonkeyPatch, pressed: type[BaseException], error: type[Exception]
) -> None:
    def press(_prompt: str) -> str:
        raise pressed

    monkeypatch.setattr("click.termui.visible_prompt_func", press)
    with pytest.raises(error):
        session.confirm("Berlakukan?", yes=False)
