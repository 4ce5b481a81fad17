"""The words of a shut kiosk: why, when it opens, the hours of the week, whom to call."""

import msgspec
import pytest

from tests.ui.conftest import Picture
from tests.ui.kiosk import samples
from tests.ui.kiosk.samples import SIZES, Size
from tests.ui.kiosk.scenes import MONDAY
from tests.ui.kiosk.stand import KioskBench
from tests.ui.look import settle
from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import use_language
from ult_desktop.core.queue.boards import OpeningStatus, Openness
from ult_desktop.db.store.errors import file_missing
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.parts.notices import closed_notice, outage_notice, refusal_notice

SHUT = OpeningStatus(state=Openness.OUTSIDE_HOURS, opens_at=MONDAY, week=samples.WEEK)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "id",
            (
                "Buka kembali Senin, 23 November 2026 pukul 07.30\N{NO-BREAK SPACE}WITA.",
                (
                    "Senin: 07.30–12.00, 13.00–16.00\n"
                    "Sel, 24 Nov: Hari Raya Natal\n"
                    "Rabu–Kamis: 07.30–12.00, 13.00–16.00\n"
                    "Jumat: 07.30–11.30\n"
                    "Sabtu–Minggu: tutup"
                ),
                "Telepon: (0551) 2028123",
            ),
        ),
        (
            "en",
            (
                "Open again Monday, 23 November 2026 at 07:30\N{NO-BREAK SPACE}WITA.",
                (
                    "Monday: 07:30–12:00, 13:00–16:00\n"
                    "Tue, 24 Nov: Hari Raya Natal\n"
                    "Wednesday–Thursday: 07:30–12:00, 13:00–16:00\n"
                    "Friday: 07:30–11:30\n"
                    "Saturday–Sunday: closed"
                ),
                "Phone: (0551) 2028123",
            ),
        ),
    ],
)
def test_a_closed_page_tells_the_week(language: str, words: tuple[str, ...]) -> None:
    use_language(language)
    office = samples.board().office
    assert closed_notice(SHUT, office).words == words
    holiday = msgspec.structs.replace(SHUT, state=Openness.HOLIDAY, reason="Hari Raya Natal")
    assert closed_notice(holiday, office).words == ("Hari Raya Natal", *words)
    without = msgspec.structs.replace(office, phone="")
    assert closed_notice(SHUT, without).words == words[:-1]


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(0, "Buka kembali pukul 07.30\N{NO-BREAK SPACE}WITA."), (1, "Buka kembali besok pukul")],
)
def test_a_day_near_by_is_told_as_people_say_it(ahead: int, words: str) -> None:
    shut = msgspec.structs.replace(SHUT, week=samples.WEEK[2 - ahead :])
    assert closed_notice(shut, samples.board().office).words[0].startswith(words)


def test_a_break_is_told_as_a_break() -> None:
    lunch = msgspec.structs.replace(
        SHUT, state=Openness.BREAK, opens_at=MONDAY + 330 * 60_000, week=samples.WEEK[2:]
    )
    notice = closed_notice(lunch, samples.board().office)
    assert (notice.icon, notice.title) == ("coffee", "Istirahat sampai 13.00")
    assert notice.words[0] == "Nomor yang sudah diambil tetap berlaku."


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("large", [False, True])
def test_a_week_of_many_kinds_of_days_fits(
    kiosk: KioskBench, picture: Picture, size: Size, large: bool
) -> None:
    kiosk.window.resize(size.width, size.height)
    kiosk.window.flow.set_view(View(text_size=int(large), low_reach=large))
    opening = msgspec.structs.replace(SHUT, state=Openness.HOLIDAY, reason="Hari Raya Natal")
    kiosk.link.show_board(opening=opening)
    settle()
    picture(kiosk.window, f"kiosk-tutup-{size}{'-besar' if large else ''}")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_notice_is_as_large_as_its_page_allows(kiosk: KioskBench, size: Size) -> None:
    """A few words fill the page in the largest letters; a long week is whole in smaller ones."""
    kiosk.window.resize(size.width, size.height)
    page = kiosk.window.shell.notice
    kiosk.window.flow.refuse(UserError("Nomor belum dapat diambil.", todo="Silakan kembali besok."))
    settle()
    assert page.title.property("type") == "hero"
    kiosk.link.show_board(opening=msgspec.structs.replace(SHUT, state=Openness.HOLIDAY, reason="Natal"))
    settle()
    assert not any(step.isVisible() for step in page.rolling.steps)
    assert page.rolling.needed() <= page.rolling.height()


@pytest.mark.parametrize("survey_only", [False, True])
def test_a_cut_off_kiosk_tells_what_a_visitor_can_do_and_nothing_of_the_machine(survey_only: bool) -> None:
    words = " ".join(outage_notice(survey_only=survey_only).words)
    assert "petugas" in words
    assert "menyambung" not in words
    assert "office.db" not in words


@pytest.mark.parametrize("survey_only", [False, True])
def test_an_office_that_never_opened_is_named_to_those_who_can_mend_it(survey_only: bool) -> None:
    gone = file_missing(r"\\SERVR\ult\office.db")
    *_for_visitors, words = outage_notice(survey_only=survey_only, unopened=gone).words
    assert words == r"Untuk petugas: Berkas kantor \\SERVR\ult\office.db tidak ditemukan."


def test_visitors_read_no_host_and_no_account() -> None:
    public = "Server tidak menjawab: kantor."
    error = UserError("Server tidak menjawab: kantor (ult@10.0.0.7).", public=public)
    for notice in (
        outage_notice(unopened=error),
        outage_notice(survey_only=True, unopened=error),
        refusal_notice(error),
    ):
        words = " ".join((notice.title, *notice.words))
        assert public in words
        assert "10.0.0.7" not in words
