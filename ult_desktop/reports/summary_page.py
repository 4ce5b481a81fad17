"""One HTML page of many offices' summaries: it holds all that it shows, and asks no network."""

from collections.abc import Iterator
from html import escape

import msgspec

from ult_desktop.base import _, formats, language
from ult_desktop.base.paths import resource
from ult_desktop.core.figures.report import PeriodReport, ReportPart
from ult_desktop.core.summary.collecting import Collected
from ult_desktop.core.summary.provinces import provinces

_STYLE = """
body{font:15px/1.45 system-ui,sans-serif;color:#1b2a3d;background:#fff}
body{margin:2rem auto;max-width:72rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border-bottom:1px solid #c9d3df;padding:.3rem .5rem;text-align:right;vertical-align:top}
th:first-child,td:first-child,td.w,th.w{text-align:left}
th:first-child{min-width:14rem}thead th{background:#eef3f8;position:sticky;top:0}
tr.sum td{font-weight:600}.map{display:grid;grid-template-columns:repeat(16,1fr);gap:4px}
.tile{border:1px solid #c9d3df;border-radius:4px;padding:2px 4px}
.tile{font-size:.68rem;min-height:3.4rem;overflow:hidden}
.tile b{display:block;font-size:.95rem}.trend{display:flex;align-items:flex-end;gap:3px;height:8rem}
.trend span{flex:1;background:#0b4a8f;min-width:4px}.note{color:#4a5a6d}.scroll{overflow-x:auto}
"""
_SHADES = 5  # of the colour of a province with visits


def summary_page(collected: Collected, report: PeriodReport) -> bytes:
    """Return the page; `report` has the tables of what was `collected`."""
    lines = (
        "<!doctype html>",
        f'<html lang="{language()}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(report.heading)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(report.heading)}</h1>",
        *(f'<p class="note">{escape(note)}</p>' for note in report.notes),
        *_map(collected),
        *_trend(collected),
        *(line for part in report.parts for line in _table(part)),
        "</body></html>",
    )
    return "\n".join(lines).encode()


def describe_list(name: str) -> bytes:
    """Return the CSVW description of a list of that file name."""
    metadata = msgspec.json.decode(resource("summary.csv-metadata.json").read_bytes(), type=dict[str, object])
    return msgspec.json.format(msgspec.json.encode({**metadata, "url": name}))


def _map(collected: Collected) -> Iterator[str]:
    """Yield the provinces as tiles, the darker the more visits; each with its number and its index."""
    totals = collected.provinces
    most = max((month_totals.count("visits") for month_totals in totals.values()), default=0)
    yield f"<h2>{escape(_('Provinsi: kunjungan dan nilai IKM'))}</h2><div class=map>"
    for province in provinces():
        province_totals = totals.get(province.code)
        column, row = province.at
        shade, figures = 0, "<b>–</b>"
        if province_totals is not None:
            visits = province_totals.count("visits")
            shade = 1 + round((_SHADES - 1) * visits / most) if most else 0
            index = province_totals.index
            index_words = "" if index is None else f"IKM {formats.format_fixed(index)}"
            figures = f"<b>{formats.format_number(visits, 0)}</b>{index_words}"
        tint = f"background:rgba(11,74,143,{0.09 * shade:.2f})"
        yield (
            f'<div class=tile style="grid-column:{column + 1};grid-row:{row + 1};{tint}"'
            f' title="{escape(province.name)}">{escape(province.short)}{figures}</div>'
        )
    yield "</div>"


def _trend(collected: Collected) -> Iterator[str]:
    """Yield the visits of each month as bars; the table below has the same numbers."""
    visits = {month: totals.count("visits") for month, totals in collected.months.items()}
    most = max(visits.values(), default=0) or 1
    yield f"<h2>{escape(_('Kunjungan tiap bulan'))}</h2><div class=trend aria-hidden=true>"
    for month, count in visits.items():
        words = f"{month}: {formats.format_number(count, 0)}"
        yield f'<span style="height:{100 * count / most:.1f}%" title="{escape(words)}"></span>'
    yield "</div>"


def _table(part: ReportPart) -> Iterator[str]:
    yield f"<h2>{escape(part.title)}</h2>"
    if part.note:
        yield f'<p class="note">{escape(part.note)}</p>'
        return
    yield "<div class=scroll><table><thead><tr>"
    styles = [" class=w" if column.kind.is_words else "" for column in part.columns]
    heads = zip(styles, part.columns, strict=True)
    yield "".join(f"<th{style}>{escape(column.head)}</th>" for style, column in heads)
    yield "</tr></thead><tbody>"
    last = len(part.rows) - 1
    for nth, row in enumerate(part.rows):
        cells = (
            f"<td{style}>{escape(column.in_words(value))}</td>"
            for style, column, value in zip(styles, part.columns, row, strict=True)
        )
        yield f"<tr{' class=sum' if part.has_sum and nth == last else ''}>{''.join(cells)}</tr>"
    yield "</tbody></table></div>"
