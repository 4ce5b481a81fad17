"""The fields of a survey answer that the columns of a list from another form can hold."""

from ult_desktop.base import _, language
from ult_desktop.core.lists.columns import ListField, Shape
from ult_desktop.core.lists.table import normalise_header
from ult_desktop.core.office.template import Words
from ult_desktop.core.survey.form import Questionnaire

DAY, SERVICE, SUGGESTION, ID = "tanggal", "layanan", "saran", "id"
# Other heads for these columns.
_ALSO = {
    DAY: ("tanggal survei", "timestamp", "cap waktu", "stempel waktu", "date", "tgl"),
    SERVICE: ("jenis layanan", "jenis layanan yang diterima", "service"),
    SUGGESTION: ("saran masukan", "saran dan masukan", "saran masukan untuk kami", "suggestion"),
    ID: ("nomor", "no", "response id", "no resp", "no responden", "nomor responden"),
}
_SAME_PLACE = 7  # elements that every source numbers alike; the other two, complaints and facilities, differ


def column_words(form: Questionnaire) -> dict[str, str]:
    """Return the keys of what a column can hold, each with the name that people use for it."""
    return {field.key: field.words for field in answer_fields(form)}


def answer_fields(form: Questionnaire) -> tuple[ListField, ...]:
    """Return the fields in the order in which heads are matched with them."""
    first = (
        ListField(key=ID, words=_("Nomor jawaban"), names=(ID, *_ALSO[ID])),
        ListField(key=DAY, words=_("Tanggal"), names=(DAY, *_ALSO[DAY]), shape=Shape.DATE),
        ListField(key=SERVICE, words=_("Layanan"), names=(SERVICE, *_ALSO[SERVICE])),
    )
    respondent = (
        ListField(
            key=question.key,
            words=question.name.within(language()),
            names=_names(question.key, question.name),
        )
        for question in form.profile
    )
    numbered = {key: f"u{place}" for place, key in enumerate(form.form_order, 1)}
    # The heads U8 and U9 are doubtful: the regulation and its model questionnaire number them differently.
    last = tuple(numbered[key] for key in form.form_order[_SAME_PLACE:])
    elements = (
        ListField(
            key=element.key,
            words=element.name.within(language()),
            names=(
                *_names(element.key, element.name, element.question),
                *((numbered[element.key],) if numbered[element.key] not in last else ()),
            ),
            doubtful=last if numbered[element.key] in last else (),
            needed=True,
        )
        for element in form.elements
    )
    suggestion = ListField(key=SUGGESTION, words=_("Saran"), names=(SUGGESTION, *_ALSO[SUGGESTION]))
    return (*first, *respondent, *elements, suggestion)


def _names(key: str, *words: Words) -> tuple[str, ...]:
    """Return the heads by which a field is known: its key, and the words in both languages."""
    heads = (key, *(text for each in words for text in (each.id, each.en)))
    return tuple(dict.fromkeys(name for text in heads if (name := normalise_header(text))))
