"""Questions that any list can have: the order of day and month, and words that the office does not know."""

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from ult_desktop.base import _, counted, formats
from ult_desktop.core import cells
from ult_desktop.core.lists.columns import head_keys
from ult_desktop.core.lists.understanding import Choice, ListAnswers, ListQuestion, TableCells

DAY_FIRST, MONTH_FIRST = "hari", "bulan"
MOST_WORDS = 20  # of a column that are asked about one by one; the others have one answer for all


class DateOrder(msgspec.Struct, frozen=True):
    """The order in which a column writes day and month; with a question where its dates do not show it."""

    day_comes_first: bool
    question: ListQuestion | None = None


def date_order(table: TableCells, field: str, answers: ListAnswers) -> DateOrder:
    """Return the order of day and month in a field's column.

    It is asked where no date of the column shows it. The answer is remembered under the column's head.
    """
    dates = [text.strip() for text in table.column(field)]
    doubtful = next((text for text in dates if cells.is_either_order(text)), None)
    if doubtful is None or not cells.is_order_open(dates):
        return DateOrder(cells.is_day_first(dates))
    place = table.places[field]
    readings = (
        (DAY_FIRST, cells.parse_day(doubtful)),
        (MONTH_FIRST, cells.parse_day(doubtful, day_comes_first=False)),
    )
    words = {DAY_FIRST: _("hari dulu: {day}"), MONTH_FIRST: _("bulan dulu: {day}")}
    question = answers.question(
        f"urutan: {head_keys(table.table.heads)[place]}",
        _("“{text}” pada kolom {head}: hari atau bulan yang dulu?").format(
            text=doubtful, head=table.head(field)
        ),
        [Choice(key, words[key].format(day=formats.format_date(day, "long"))) for key, day in readings],
        keep=True,
        column=place + 1,
    )
    return DateOrder(question.answer != MONTH_FIRST, question)


class UnknownWords:
    """The words of a column that the office does not know, each with the question what it means.

    Args:
        table: the list.
        field: the key of the column's field, and its name for people.
        is_known: whether the office knows a word.
        choices: what a word can mean.
        answers: what was answered already.
    """

    def __init__(
        self,
        table: TableCells,
        field: tuple[str, str],
        is_known: Callable[[str], bool],
        choices: Sequence[Choice],
        answers: ListAnswers,
    ) -> None:
        self._is_known = is_known
        name, words = field
        plain = (" ".join(cell.split()) for cell in table.column(name))
        unknown = Counter(cell for cell in plain if not cells.says_nothing(cell) and not is_known(cell))
        folded: dict[str, str] = {}
        for word, _count in unknown.most_common():
            folded.setdefault(word.casefold(), word)
        column = table.places[name] + 1 if name in table.places else 0

        def ask(key: str, question: str) -> ListQuestion:
            return answers.question(f"{name}: {key}", question, choices, keep=True, column=column)

        single = list(folded.items())[: min(len(folded), MOST_WORDS)]
        self._asked = {
            key: ask(key, _("{field} “{word}” berarti apa?").format(field=words, word=word))
            for key, word in single
        }
        others = len(folded) - len(single)
        all_others = counted("{n} sebutan lain untuk {field} berarti apa?", others, field=words)
        self._others = ask("*", all_others) if others else None

    def questions(self) -> tuple[ListQuestion, ...]:
        return (*self._asked.values(), *((self._others,) if self._others else ()))

    def meaning(self, word: str) -> str | None:
        """Return the value of the choice for an unknown word; None if it is known, or not answered yet."""
        plain = " ".join(word.split())
        question = None if self._is_known(plain) else self._asked.get(plain.casefold(), self._others)
        return question.answer or None if question is not None else None
