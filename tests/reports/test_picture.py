"""The public recap as one picture: whole, the same each time, nothing cut off at its foot."""

import io
from datetime import date

import msgspec
import pytest
from PIL import Image

from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.figures.report import (
    ColumnKind,
    PeriodReport,
    ReportColumn,
    ReportKind,
    ReportPart,
    Tile,
)
from ult_desktop.core.sheet import Letterhead
from ult_desktop.reports.forms import ReportForm, report_bytes, report_files
from ult_desktop.reports.picture import EDGE, HEIGHT, SMALL, TILES, WIDTH

COUNT = ReportColumn("visits", "Kunjungan")
LONG = "Layanan dengan nama yang panjang sekali sehingga tidak muat di setengah lebar gambar"


def counted(key: str, names: tuple[str, ...]) -> ReportPart:
    return ReportPart(
        key=key,
        title=key,
        columns=(ReportColumn(key, key, ColumnKind.TEXT), COUNT),
        keys=names,
        rows=tuple((name, place) for place, name in enumerate(names)),
    )


def a_recap(*parts: ReportPart) -> PeriodReport:
    time = ReportColumn("wait_median", "Menunggu median", ColumnKind.TIME)
    return PeriodReport(
        kind=ReportKind.RECAP,
        office=Letterhead(("BPMP Provinsi Kalimantan Utara",)),
        period=parse_period("2026-11"),
        made_on=date(2026, 12, 1),
        tiles=tuple(
            Tile(column=msgspec.structs.replace(time, key=key), value=90.0, before=None) for key in TILES
        ),
        parts=parts,
    )


def picture_of(report: PeriodReport) -> Image.Image:
    return Image.open(io.BytesIO(report_bytes(report, ReportForm.PICTURE))).convert("L")


@pytest.mark.parametrize("parts", [(), (counted("service", ()),)])
def test_an_office_without_visitors_has_its_picture_too(parts: tuple[ReportPart, ...]) -> None:
    assert picture_of(a_recap(*parts)).size == (WIDTH, HEIGHT)


def test_the_fullest_picture_ends_above_its_foot() -> None:
    survey = counted("survey", ("Belum cukup",))
    grade = msgspec.structs.replace(
        survey,
        columns=(*survey.columns, ReportColumn("grade", "Mutu", ColumnKind.TEXT)),
        rows=(("IKM", 83.89, "Mutu B · Baik"),),
    )
    services = tuple(f"{LONG} {n}" for n in range(9))
    full = picture_of(a_recap(counted("service", services), counted("cases", tuple("abcde")), grade))
    foot = full.crop((0, HEIGHT - EDGE - SMALL - 8, WIDTH, HEIGHT - EDGE - SMALL + 4))
    assert foot.getextrema() == (255, 255)
    edges = (full.crop((0, 0, EDGE, HEIGHT)), full.crop((WIDTH - EDGE + 1, 0, WIDTH, HEIGHT)))
    assert [edge.getextrema() for edge in edges] == [(255, 255)] * 2


def test_the_same_recap_gives_the_same_bytes_and_lies_in_the_folder() -> None:
    report = a_recap(counted("service", ("A", "B")))
    assert report_bytes(report, ReportForm.PICTURE) == report_files(report)["png"]
    assert "png" not in report_files(msgspec.structs.replace(report, kind=ReportKind.MONTH))
