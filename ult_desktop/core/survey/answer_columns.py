"""The columns of a list of answers: what each holds is known by its head, or chosen by the importer."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from ult_desktop.base import UserError, _, language
from ult_desktop.base.digests import sha256
from ult_desktop.core.office.template import Words
from ult_desktop.core.online.mapping import LONGEST_HEADER, RawRow, Table
from ult_desktop.core.survey.form import Questionnaire

DAY, SERVICE, SUGGESTION, ID = "tanggal", "layanan", "saran", "id"
_ALSO = {
    DAY: ("tanggal survei", "timestamp", "cap waktu", "stempel waktu", "date"),
    SERVICE: ("jenis layanan", "jenis layanan yang diterima", "service"),
    SUGGESTION: ("saran/masukan", "saran dan masukan", "saran/masukan untuk kami", "suggestion"),
    ID: ("nomor", "no", "response id"),
}


class AnswerColumn(msgspec.Struct, frozen=True):
    """A column by its head, and what it says: the key of an element or question, or one of the four above."""

    head: str
    says: str


AnswerColumns = tuple[AnswerColumn, ...]


def column_words(form: Questionnaire) -> dict[str, str]:
    """Return what a column can hold, and the name that people use for it."""
    profile = {question.key: question.name.within(language()) for question in form.profile}
    elements = {element.key: element.name.within(language()) for element in form.elements}
    return {
        ID: _("Nomor jawaban"),
        DAY: _("Tanggal"),
        SERVICE: _("Layanan"),
        **profile,
        **elements,
        SUGGESTION: _("Saran"),
    }


def needed_columns(form: Questionnaire) -> tuple[str, ...]:
    """Return what a list must have a column for: the date and each element, by the regulation."""
    return (DAY, *(element.key for element in form.elements))


def answer_table(lines: Sequence[RawRow]) -> Table:
    """Make a table of lines; the first line that is not empty has the heads."""
    filled = [line for line in lines if any(cell.strip() for cell in line.cells)]
    heads = filled[0].cells if filled else ()
    return Table(
        headers=tuple(" ".join(head.split())[:LONGEST_HEADER] for head in heads), rows=tuple(filled[1:])
    )


def heads_digest(heads: Iterable[str]) -> str:
    """Return a digest of the heads, by which lists of the same form are known again."""
    return sha256("\x1f".join(map(_plain, heads)).encode()).hex()


_IN_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")


def told_columns(form: Questionnaire, heads: Iterable[str]) -> AnswerColumns:
    """Return the columns that the heads name by themselves. Forms outside use the whole question as head."""
    known, found = _names(form), dict[str, str]()
    for head in heads:
        within = _IN_BRACKETS.search(head)  # a grid of a form writes its question before each of its rows
        name = known.get(_plain(head)) or (known.get(_plain(within[1])) if within else None)
        if name is not None:
            found.setdefault(name, head)
    return tuple(AnswerColumn(head, says) for says, head in found.items())


def lacking_columns(form: Questionnaire, columns: AnswerColumns) -> tuple[str, ...]:
    """Return what a list must have a column for and has none."""
    said = {column.says for column in columns}
    return tuple(key for key in needed_columns(form) if key not in said)


def require_columns(form: Questionnaire, columns: AnswerColumns) -> None:
    """Check the columns.

    Raises UserError where something needed has no column, where two things have the same one, where one thing
    has two, or where a column says what is unknown.
    """
    words = column_words(form)
    if lacking := lacking_columns(form, columns):
        raise UserError(
            _("Kolom ini tidak ada dalam daftar: {columns}.").format(
                columns=", ".join(words[key] for key in lacking)
            ),
            _("Tidak ada yang diimpor."),
            _("Sebut kolom mana yang berisi unsur itu, atau beri kolomnya nama atau pertanyaan unsurnya."),
        )
    heads, said = ([getattr(column, name) for column in columns] for name in ("head", "says"))
    if len(set(heads)) < len(heads) or len(set(said)) < len(said) or not words.keys() >= set(said):
        raise UserError(
            _("Setiap kolom berisi satu hal, dan setiap hal ada di satu kolom."),
            _("Tidak ada yang diimpor."),
            _("Pilih kolomnya lagi."),
        )


def _names(form: Questionnaire) -> dict[str, str]:
    names = {key: key for key in (DAY, SERVICE, SUGGESTION, ID)}
    names |= {_plain(other): key for key, others in _ALSO.items() for other in others}
    for question in form.profile:
        names |= {_plain(word): question.key for word in (question.key, *_both(question.name))}
    for element in form.elements:
        words = (element.key, *_both(element.name), *_both(element.question))
        names |= {_plain(word): element.key for word in words}
    return names


def _both(words: Words) -> tuple[str, str]:
    return words.id, words.en or words.id


def _plain(head: str) -> str:
    return " ".join(head.casefold().replace("_", " ").rstrip(" ?*:.").split())
