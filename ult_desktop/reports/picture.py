"""A recap as one picture, for the office's page on the web or Instagram: upright, readable on a telephone."""

import io
from functools import cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from ult_desktop.base import _, formats
from ult_desktop.base.paths import resource
from ult_desktop.core.figures.report import PeriodReport, ReportPart, Tile
from ult_desktop.core.office.logo import on_white

# All measures are in dots; the picture is as large as Instagram shows one whole.
WIDTH, HEIGHT, EDGE = 1080, 1350, 64
LOGO, TITLE, HEADING, TEXT, SMALL, FIGURE = 120, 52, 34, 28, 24, 64
TILES = ("visits", "served", "wait_median", "wait_p90", "serving_median", "no_show")
TILES_A_ROW, TILE_HEIGHT, GAP = 3, 130, 20
MOST_SERVICES, BAR = 4, 34  # as many bars as there is room for; the height of one
PAPER, PANEL, INK, SOFT, BLUE = "#FFFFFF", "#EEF3F8", "#1B2A3D", "#4A5B70", "#1F5FA8"


class Bar(NamedTuple):
    """A bar with its name; `words` is its figure as it is shown."""

    name: str
    figure: float
    words: str


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        str(resource("fonts", f"Inter_{'700Bold' if bold else '400Regular'}.ttf")), size
    )


def recap_png(report: PeriodReport) -> bytes:
    """Return the whole PNG; the same report gives the same bytes."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    y = _draw_head(picture, pen, report)
    y = _draw_tiles(pen, [tile for tile in report.tiles if tile.column.key in TILES], y)
    parts = {part.key: part for part in report.parts}
    if "service" in parts:
        highest_first = sorted(_bars_of(parts["service"]), key=lambda bar: -bar.figure)
        y = _draw_bars(pen, parts["service"].title, highest_first[:MOST_SERVICES], y + GAP)
    if "cases" in parts:
        y = _draw_bars(pen, parts["cases"].title, _bars_of(parts["cases"]), y + GAP)
    if "survey" in parts:
        _draw_index(pen, parts["survey"], y + GAP)
    made_on = _("Dibuat {day}").format(day=formats.format_date(report.made_on, "long"))
    pen.text((EDGE, HEIGHT - EDGE), made_on, SOFT, _font(SMALL), anchor="lm")
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _draw_head(picture: Image.Image, pen: ImageDraw.ImageDraw, report: PeriodReport) -> int:
    """Draw the name of the office and the period; return the y at which the next part begins."""
    left = EDGE
    if report.office.logo:
        logo = on_white(report.office.logo)
        logo.thumbnail((LOGO, LOGO))
        picture.paste(logo, (EDGE, EDGE))
        left += LOGO + GAP
    first, *others = report.office.lines or ("",)
    room = WIDTH - EDGE - left
    pen.text((left, EDGE), _shorten(first, room, HEADING, bold=True), INK, _font(HEADING, bold=True))
    for line in others[:1]:
        pen.text((left, EDGE + HEADING + 12), _shorten(line, room, TEXT), SOFT, _font(TEXT))
    y = EDGE + LOGO + GAP
    title = _shorten(report.title, WIDTH - 2 * EDGE, TITLE, bold=True)
    pen.text((EDGE, y), title, INK, _font(TITLE, bold=True))
    pen.text((EDGE, y + TITLE + 14), report.period.words, BLUE, _font(HEADING, bold=True))
    return y + TITLE + HEADING + 44


def _shorten(words: str, room: int, size: int, *, bold: bool = False) -> str:
    """Return the words, cut with an ellipsis if they have no room."""
    font = _font(size, bold=bold)
    if font.getlength(words) <= room:
        return words
    while words and font.getlength(f"{words}…") > room:
        words = words[:-1]
    return f"{words}…"


def _draw_tiles(pen: ImageDraw.ImageDraw, tiles: list[Tile], y: int) -> int:
    """Draw the tiles in rows; return the y at which the next part begins."""
    width = (WIDTH - 2 * EDGE - (TILES_A_ROW - 1) * GAP) // TILES_A_ROW
    for place, tile in enumerate(tiles):
        row, column = divmod(place, TILES_A_ROW)
        x, top = EDGE + column * (width + GAP), y + row * (TILE_HEIGHT + GAP)
        pen.rounded_rectangle((x, top, x + width, top + TILE_HEIGHT), 16, PANEL)
        in_words, unit = tile.column.in_words(tile.value), tile.column.kind.unit
        pen.text((x + 20, top + 14), _shorten(tile.column.words, width - 40, SMALL), SOFT, _font(SMALL))
        pen.text((x + 20, top + 106), in_words, INK, _font(FIGURE, bold=True), anchor="ls")
        if tile.value is not None:
            right = x + 32 + _font(FIGURE, bold=True).getlength(in_words)
            pen.text((right, top + 106), unit, SOFT, _font(SMALL), anchor="ls")
    rows = -(-len(tiles) // TILES_A_ROW)
    return y + rows * (TILE_HEIGHT + GAP)


def _bars_of(part: ReportPart) -> list[Bar]:
    """Return a bar for each row, by its first figure; a hidden figure has no length."""
    bars = []
    for row in part.drawn_rows:
        figure = float(row[1]) if isinstance(row[1], int | float) else 0.0
        bars.append(Bar(part.name_of(row), figure, part.columns[1].in_words(row[1])))
    return bars


def _draw_bars(pen: ImageDraw.ImageDraw, title: str, bars: list[Bar], y: int) -> int:
    """Draw the bars; return the y at which the next part begins. Without rows nothing is drawn."""
    if not bars:
        return y
    pen.text((EDGE, y), title, INK, _font(HEADING, bold=True))
    y += HEADING + 16
    highest = max(bar.figure for bar in bars) or 1
    middle, room = WIDTH // 2, WIDTH // 2 - EDGE - 90
    for bar in bars:
        name = _shorten(bar.name, middle - EDGE - GAP, SMALL)
        pen.text((EDGE, y + BAR / 2), name, INK, _font(SMALL), anchor="lm")
        length = round(room * bar.figure / highest)
        if length:
            pen.rectangle((middle, y + 4, middle + length, y + BAR - 4), BLUE)
        pen.text((middle + length + 12, y + BAR / 2), bar.words, INK, _font(SMALL, bold=True), anchor="lm")
        y += BAR + 6
    return y


def _draw_index(pen: ImageDraw.ImageDraw, part: ReportPart, y: int) -> None:
    """Draw the survey's index and its grade, or why it is not published."""
    pen.text((EDGE, y), _("Indeks Kepuasan Masyarakat (IKM)"), INK, _font(HEADING, bold=True))
    words = part.note
    if part.rows:
        *_others, index, grade = part.rows[-1]
        words = f"{part.columns[-2].in_words(index)} · {grade}"
    shown = _shorten(words, WIDTH - 2 * EDGE, HEADING)
    pen.text((EDGE, y + HEADING + 14), shown, BLUE, _font(HEADING, bold=True))
