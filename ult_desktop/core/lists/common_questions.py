"""Questions that any list can have: the order of day and month, and words that the office does not know."""

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from ult_desktop.base import _, counted, formats
from ult_desktop.core import cells
from ult_desktop.core.lists.columns import ListField, head_keys
from ult_desktop.core.lists.understanding import Choice, ListAnswers, ListQuestion, TableCells

DAY_FIRST, MONTH_FIRST = "hari", "bulan"
MAX_SINGLE_WORDS = 20  # unknown words of a column with a question each; the others have one for all


class DateOrder(msgspec.Struct, frozen=True):
    """The order of day and month in a column; with a question to a person if its dates do not show it."""

    day_comes_first: bool
    question: ListQuestion | None = None


def date_order(table: TableCells, field: str, answers: ListAnswers) -> DateOrder:
    """Return the order of day and month in a field's column.

    A person is asked if no date of the column shows it. The answer is remembered under the column's head, if
    it has one.
    """
    dates = [text.strip() for text in table.column(field)]
    ambiguous = next((text for text in dates if cells.fits_either_order(text)), None)
    if ambiguous is None or not cells.is_order_ambiguous(dates):
        return DateOrder(cells.is_day_first(dates))
    place = table.places[field]
    head_key = head_keys(table.table.heads)[place]
    readings = (
        (DAY_FIRST, cells.parse_day(ambiguous)),
        (MONTH_FIRST, cells.parse_day(ambiguous, day_comes_first=False)),
    )
    words = {DAY_FIRST: _("hari dulu: {day}"), MONTH_FIRST: _("bulan dulu: {day}")}
    question = answers.question(
        f"urutan: {head_key}",
        _("“{text}” pada kolom {head}: hari atau bulan yang dulu?").format(
            text=ambiguous, head=table.head(field)
        ),
        [Choice(key, words[key].format(day=formats.format_date(day, "long"))) for key, day in readings],
        is_remembered=bool(head_key),
        column=place + 1,
    )
    return DateOrder(question.answer != MONTH_FIRST, question)


class UnknownWords:
    """The words of a column that the office does not know, each with the question what it means.

    Args:
        table: the list.
        field: the column's field.
        is_known: whether the office knows a word.
        choices: the possible meanings of an unknown word.
        answers: the answers so far.
    """

    def __init__(
        self,
        table: TableCells,
        field: ListField,
        is_known: Callable[[str], bool],
        choices: Sequence[Choice],
        answers: ListAnswers,
    ) -> None:
        self._is_known = is_known
        key = field.key
        plain = (" ".join(cell.split()) for cell in table.column(key))
        unknown = Counter(cell for cell in plain if not cells.says_nothing(cell) and not is_known(cell))
        spellings: dict[str, str] = {}  # by the word in small letters, the one that is written most often
        for word, _count in unknown.most_common():
            spellings.setdefault(word.casefold(), word)
        column = table.places[key] + 1 if key in table.places else 0

        def ask(word: str, question: str) -> ListQuestion:
            return answers.question(f"{key}: {word}", question, choices, is_remembered=True, column=column)

        single = list(spellings.items())[:MAX_SINGLE_WORDS]
        self._questions = {
            folded: ask(folded, _("{field} “{word}” berarti apa?").format(field=field.words, word=word))
            for folded, word in single
        }
        others = len(spellings) - len(single)
        all_others = counted("{n} sebutan lain untuk {field} berarti apa?", others, field=field.words)
        self._others = ask("*", all_others) if others else None

    def questions(self) -> tuple[ListQuestion, ...]:
        return (*self._questions.values(), *((self._others,) if self._others else ()))

    def meaning(self, word: str) -> str | None:
        """Return the value that a person chose for an unknown word; None for a known or unanswered one."""
        plain = " ".join(word.split())
        question = None if self._is_known(plain) else self._questions.get(plain.casefold(), self._others)
        return question.answer or None if question is not None else None
