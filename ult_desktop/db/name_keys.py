"""The search for people by name: the rows of keys (`core/searching.py`), and the condition of a search."""

from collections.abc import Mapping
from itertools import chain
from typing import Literal

from ult_desktop.core import searching
from ult_desktop.db.store.transaction import Transaction

Place = Literal["guest", "information_request"]
"""The table with the name: the guest book, or the register of PPID, whose applicant need not be the guest."""
Condition = tuple[str, tuple[str | int, ...]]
"""SQL for a condition, and the values of its parameters."""
MOST_HOLDERS = 1000  # of a name that more people have, only the latest rows are found
_MOST_COUNTED = 2000  # keys that are counted to find the rarest word
_KEYS_IN_RANGE = "FROM name_key n WHERE n.place = ? AND n.key >= ? AND n.key <= ?"
_AND_OTHER_WORD = (
    " AND EXISTS (SELECT 1 FROM name_key o WHERE o.place = n.place AND o.holder = n.holder"
    " AND o.key >= ? AND o.key <= ?)"
)


def write(tx: Transaction, place: Place, names: Mapping[int, str]) -> None:
    """Write the keys of names, each by the row that holds it.

    Triggers have deleted the keys of the names that these replace.
    """
    keys = [(place, key, holder) for holder, name in names.items() for key in searching.name_keys(name)]
    tx.insert_many("name_key", ("place", "key", "holder"), keys)


def name_condition(tx: Transaction, column: str, place: Place, text: str) -> Condition:
    """Return the condition that `column` is the number of a row of `place` whose name matches `text`."""
    # Each way to read the text is a list of words, each word a range (first key, last key).
    readings = searching.sought_names(text)
    if not readings:
        return "FALSE", ()
    # Only the rarest word of a reading is looked up; the others are checked in the rows that it finds. With
    # one reading the words are not counted.
    words = chain.from_iterable(readings) if len(readings) > 1 else ()
    count_sql = f"SELECT count(*) FROM (SELECT 1 {_KEYS_IN_RANGE} LIMIT {_MOST_COUNTED}) AS few"
    counts = {word: tx.number(count_sql, place, *word) for word in words}
    selects, values = list[str](), list[str | int]()  # the values in the order of the statement's parameters
    for reading in readings:
        rarest, *others = sorted(reading, key=lambda word: counts.get(word, 0))
        selects.append(f"SELECT n.holder {_KEYS_IN_RANGE}{_AND_OTHER_WORD * len(others)}")
        values += place, *rarest, *chain.from_iterable(others)
    # The plus keeps SQLite from walking an index of all names for the sake of the order.
    latest = f"SELECT holder FROM ({' UNION '.join(selects)}) AS named ORDER BY +holder DESC LIMIT ?"
    return f"{column} IN ({latest})", (*values, MOST_HOLDERS)
