"""The answer bank with its search (FTS5), excluded information, and the classes of complaints."""

import msgspec

from ult_desktop.core import searching
from ult_desktop.core.cases.answer_bank import ComplaintClass, Faq, LegalBasis
from ult_desktop.db.schema.cases import WRITE_CLASS, WRITE_GROUND
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(Faq, "faq f")
_LEGAL_BASIS = Rows(LegalBasis, "excluded_information")
_CLASS = Rows(ComplaintClass, "complaint_class")
MAX_RESULTS = 50  # answers in one search: nobody reads further down
SHORTEST = 4  # letters: shorter words do not say what a question is about
# A word of the search counts where a word of the entry begins with it: most in the question, least in the
# answer. It is counted here because SQLite and PostgreSQL rank answers differently.
_BEST_FIRST = """
ORDER BY (
    SELECT sum(
        CASE WHEN (' ' || i.question) LIKE ('% ' || w.value || '%') THEN 4 ELSE 0 END
        + CASE WHEN (' ' || i.tags) LIKE ('% ' || w.value || '%') THEN 3 ELSE 0 END
        + CASE WHEN (' ' || i.answer) LIKE ('% ' || w.value || '%') THEN 1 ELSE 0 END
    ) FROM json_each(?) w
) DESC, f.id LIMIT ?"""


class FaqText(msgspec.Struct, frozen=True, kw_only=True):
    """The words of an entry as they are written."""

    question: str
    answer: str
    tags: str
    service_id: int | None


def insert(tx: Transaction, text: FaqText, at: int, officer_id: int | None) -> int:
    faq_id = tx.insert("faq", text, updated_at=at, officer_id=officer_id)
    _index(tx, faq_id, text)
    return faq_id


def update(tx: Transaction, faq_id: int, text: FaqText, at: int, officer_id: int | None) -> None:
    tx.update("faq", faq_id, text, updated_at=at, officer_id=officer_id)
    _unindex(tx, faq_id)
    _index(tx, faq_id, text)


def retire(tx: Transaction, faq_id: int) -> None:
    tx.update("faq", faq_id, active=0)
    _unindex(tx, faq_id)


def count_use(tx: Transaction, faq_id: int) -> None:
    tx.run("UPDATE faq SET used = used + 1 WHERE id = ?", faq_id)


get = _ROWS.get


def find(tx: Transaction, faq_id: int) -> Faq | None:
    """Find an entry in use."""
    return _ROWS.maybe(tx, "WHERE f.id = ? AND f.active = 1", faq_id)


def search(tx: Transaction, text: str) -> tuple[Faq, ...]:
    """List the entries in use that hold every word of `text` (its beginning is enough), best first.

    Without words the most used come first.
    """
    words = _words(text)
    if not words:
        return _ROWS.all(tx, "WHERE f.active = 1 ORDER BY f.used DESC, f.id LIMIT ?", MAX_RESULTS)
    return _match(tx, words, every=True)


def suggest(tx: Transaction, question: str) -> tuple[Faq, ...]:
    """List the entries in use that share a longer word with a `question`, those that share most first."""
    words = _words(question, SHORTEST)
    return _match(tx, words, every=False) if words else ()


def _match(tx: Transaction, words: list[str], *, every: bool) -> tuple[Faq, ...]:
    found = tx.engine.answer_search(words, every=every)
    words_json = msgspec.json.encode(words).decode()
    return _ROWS.all(tx, f"{found.rest}{_BEST_FIRST}", found.value, words_json, MAX_RESULTS)


def _words(text: str, shortest: int = 1) -> list[str]:
    """Split text into words as an index holds them, folded as in every search.

    The two engines would split words differently, so it is done here.
    """
    plain = "".join(letter if letter.isalnum() else " " for letter in searching.folded(text))
    return [word for word in plain.split() if len(word) >= shortest]


def _index(tx: Transaction, faq_id: int, text: FaqText) -> None:
    columns = {"question": text.question, "tags": text.tags, "answer": text.answer}
    words = {name: " ".join(_words(column)) for name, column in columns.items()}
    tx.insert("faq_index", rowid=faq_id, **words)


def _unindex(tx: Transaction, faq_id: int) -> None:
    tx.run("DELETE FROM faq_index WHERE rowid = ?", faq_id)


def legal_bases(tx: Transaction) -> tuple[LegalBasis, ...]:
    """List the legal bases on which the office may refuse now, by key."""
    return _LEGAL_BASIS.all(tx, "WHERE active = 1 ORDER BY key")


def find_legal_basis(tx: Transaction, key: str) -> LegalBasis | None:
    return _LEGAL_BASIS.maybe(tx, "WHERE key = ? AND active = 1", key)


def write_legal_basis(tx: Transaction, basis: LegalBasis) -> None:
    tx.run(WRITE_GROUND, basis.key, basis.title, basis.law)


def retire_legal_basis(tx: Transaction, key: str) -> bool:
    """Take a legal basis out of force; return False when it was not in force."""
    return tx.update("excluded_information", {"key": key, "active": 1}, active=0) == 1


def complaint_classes(tx: Transaction) -> tuple[ComplaintClass, ...]:
    """List the classes in use, the quickest first."""
    return _CLASS.all(tx, "WHERE active = 1 ORDER BY days, key")


def every_class(tx: Transaction) -> tuple[ComplaintClass, ...]:
    """List all classes by key, also those that are no longer in use: older cases have them."""
    return _CLASS.all(tx, "ORDER BY key")


def find_class(tx: Transaction, key: str) -> ComplaintClass | None:
    return _CLASS.maybe(tx, "WHERE key = ? AND active = 1", key)


def write_class(tx: Transaction, complaint_class: ComplaintClass) -> None:
    tx.run(WRITE_CLASS, complaint_class.key, complaint_class.name, complaint_class.days)


def retire_class(tx: Transaction, key: str) -> bool:
    """Take a class out of use; return False when it was not in use."""
    return tx.update("complaint_class", {"key": key, "active": 1}, active=0) == 1
