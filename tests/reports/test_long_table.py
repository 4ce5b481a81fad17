"""Tables of many rows: every row once, in order, and a page costs no more for those that follow."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from reportlab.platypus import Paragraph, Table, TableStyle

from tests.reports.pdf_words import pages_and_words
from ult_desktop.reports.long_table import AT_ONCE, long_table
from ult_desktop.reports.pages import pdf_of, words

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 12 * AT_ONCE
PLAIN = TableStyle([])
SIZE = (300.0, 400.0)


def cells(made: list[int], n: int) -> list[Paragraph]:
    made.append(n)
    return [words(f"baris{n};"), words("dua\n" * (n % 4))]


def test_each_row_stands_once_below_the_heads_of_its_page() -> None:
    made: list[int] = []
    rows = [partial(cells, made, n) for n in range(ROWS)]
    pages, said = pages_and_words(
        pdf_of(
            lambda width: [long_table([words("Nama"), words("Isi")], rows, [width / 2] * 2, PLAIN)],
            SIZE,
            title="",
            author="",
        )
    )
    assert [int(part.rpartition("baris")[2]) for part in said.split(";")[:-1]] == list(range(ROWS))
    assert said.count("NamaIsi") == pages > 40
    assert made == list(range(ROWS))


def test_a_page_is_set_without_the_rows_that_follow() -> None:
    made: list[int] = []
    left = [long_table([words("Nama")] * 2, [partial(cells, made, n) for n in range(ROWS)], [99, 99], PLAIN)]
    asked, tall = [], []
    while left:
        first, *left = left[0].split(300, 380)
        assert isinstance(first, Table)
        asked.append(len(made))
        tall.append(len(first._cellvalues))
    assert asked[0] == AT_ONCE
    assert max(later - before for before, later in pairwise(asked)) == AT_ONCE
    assert sum(tall) == ROWS + len(tall)  # the heads on each


def test_a_row_higher_than_its_page_runs_on() -> None:
    rows: list[Callable[[], list[Paragraph]]] = [partial(cells, [], n) for n in range(AT_ONCE + 5)]
    rows[50] = lambda: [words("atas\n" + "isi\n" * 60 + "bawah"), words("")]
    pages, said = pages_and_words(
        pdf_of(
            lambda width: [long_table([words("Nama")] * 2, rows, [width / 2] * 2, PLAIN, splits_rows=True)],
            SIZE,
            title="",
            author="",
        )
    )
    assert said.count("isi") == 60
    assert said.index("baris49") < said.index("atas") < said.index("bawah") < said.index("baris51")
    assert pages > 4


def test_a_row_that_has_a_page_s_room_is_not_cut() -> None:
    """Such a row begins the next page, below the heads, which are nowhere else."""
    rows: list[Callable[[], list[Paragraph]]] = [
        lambda n=n: [words(f"baris{n};"), words("isi\n" * 9 + f"akhir{n};")]  # type: ignore[misc]
        for n in range(40)
    ]
    pages, said = pages_and_words(
        pdf_of(
            lambda width: [
                long_table([words("Nama"), words("Isi")], rows, [width / 2] * 2, PLAIN, splits_rows=True)
            ],
            SIZE,
            title="",
            author="",
        )
    )
    assert said.count("NamaIsi") == pages
    between = [said[said.index(f"baris{n};") : said.index(f"akhir{n};")] for n in range(40)]
    assert not [each for each in between if "Nama" in each]
