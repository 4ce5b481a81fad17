"""The fields of a survey answer that the columns of a list from another form can hold."""

from collections.abc import Iterator

from ult_desktop.base import _, language
from ult_desktop.core.lists.columns import ListField, Shape
from ult_desktop.core.lists.table import normalise_header
from ult_desktop.core.office.template import Words
from ult_desktop.core.survey.form import Questionnaire

DAY, SERVICE, SUGGESTION, ID = "tanggal", "layanan", "saran", "id"
_OTHER_HEADS = {
    DAY: ("tanggal survei", "timestamp", "cap waktu", "stempel waktu", "date", "tgl"),
    SERVICE: ("jenis layanan", "jenis layanan yang diterima", "service"),
    SUGGESTION: ("saran masukan", "saran dan masukan", "saran masukan untuk kami", "suggestion"),
    ID: ("nomor", "no", "response id", "no resp", "no responden", "nomor responden"),
}
_SAME_NUMBERS = 7  # elements have the same number in every form; the other two, U8 and U9, are exchanged


def column_words(form: Questionnaire) -> dict[str, str]:
    """Return the keys of what a column can hold, each with the name that people use for it."""
    return {field.key: field.words for field in answer_fields(form)}


def answer_fields(form: Questionnaire) -> tuple[ListField, ...]:
    """Return the fields in the order in which the heads of a list are matched with them."""
    first = (
        ListField(key=ID, words=_("Nomor jawaban"), names=(ID, *_OTHER_HEADS[ID])),
        ListField(key=DAY, words=_("Tanggal"), names=(DAY, *_OTHER_HEADS[DAY]), shape=Shape.DATE),
        ListField(key=SERVICE, words=_("Layanan"), names=(SERVICE, *_OTHER_HEADS[SERVICE])),
    )
    respondent = (
        ListField(
            key=question.key,
            words=question.name.within(language()),
            names=_names(question.key, question.name),
        )
        for question in form.profile
    )
    suggestion = ListField(key=SUGGESTION, words=_("Saran"), names=(SUGGESTION, *_OTHER_HEADS[SUGGESTION]))
    return (*first, *respondent, *_element_fields(form), suggestion)


def _element_fields(form: Questionnaire) -> Iterator[ListField]:
    number_heads = {key: f"u{number}" for number, key in enumerate(form.form_order, 1)}
    # The regulation and its model questionnaire exchange the numbers of complaints and facilities: a person
    # is asked what the heads U8 and U9 mean.
    doubtful = tuple(number_heads[key] for key in form.form_order[_SAME_NUMBERS:])
    for element in form.elements:
        names = _names(element.key, element.name, element.question)
        number_head = number_heads[element.key]
        is_doubtful = number_head in doubtful
        yield ListField(
            key=element.key,
            words=element.name.within(language()),
            names=names if is_doubtful else (*names, number_head),
            doubtful=doubtful if is_doubtful else (),
            needed=True,
        )


def _names(key: str, *words: Words) -> tuple[str, ...]:
    """Return the heads by which a field is known: its key, and the words in both languages."""
    heads = (key, *(text for name in words for text in (name.indonesian, name.en)))
    return tuple(dict.fromkeys(filter(None, map(normalise_header, heads))))
