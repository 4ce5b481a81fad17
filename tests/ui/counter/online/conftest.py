"""An office with requests from afar, its inbox in a window."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.ui.counter.pages.bench import Bench, bench
from ult_desktop.core.access.roles import Role
from ult_desktop.core.online.commands import AddRequest
from ult_desktop.core.online.online_request import OnlineRequest, OnlineRow, OnlineSource
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.online.acts import MailDrafts

__all__ = ["bench"]

Ask = Callable[..., OnlineRequest]
HOUR = 3_600_000
LIST = "Nomor Tiket;Nama Lengkap;Asal Instansi;Email;Isi Permohonan\n"


@pytest.fixture
def ask(bench: Bench) -> Ask:
    """Somebody asks from afar, so many hours ago."""

    def made(name: str, hours: float = 0, source: str = "email", **said: str) -> OnlineRequest:
        row = msgspec.convert(
            {
                "name": name,
                "sent_at": bench.clock.now - round(hours * HOUR),
                "detail": "Mohon data rapor mutu sekolah tahun 2025.",
                "email": "pemohon@dinas.go.id",
                "phone": "081234567890",
                **said,
            },
            OnlineRow,
        )
        request: OnlineRequest = bench.do(AddRequest(source=OnlineSource(source), row=row))
        return request

    return made


def shown(page: CasesPage) -> OnlineRequest | None:
    """The request in the pane."""
    view = page.pane.view
    return None if view is None else view.online


def opens(bench: Bench, page: CasesPage, request: OnlineRequest) -> None:
    """Choose it, and wait until it is read."""
    page.open_subject(request.case_id)
    bench.wait(lambda: (found := shown(page)) is not None and found.id == request.id)


@pytest.fixture
def opened(bench: Bench, tmp_path: Path) -> CasesPage:
    """The page Permohonan as a front-office officer sees it."""
    bench.sign_in("siti", Role.FRONT_OFFICE)
    return bench.open(CasesPage)


@pytest.fixture
def mails(opened: CasesPage, tmp_path: Path) -> list[Path]:
    """Return the letters that were given to the mail program."""
    given: list[Path] = []
    opened.pane.mail_drafts = MailDrafts(tmp_path / "unduhan", given.append)
    return given
