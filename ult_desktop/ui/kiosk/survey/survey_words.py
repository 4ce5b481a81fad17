"""The words of the survey's questions and answers on the kiosk. There are no widgets here."""

from ult_desktop.base import _, language
from ult_desktop.core.survey.form import Element, ProfileQuestion
from ult_desktop.ui.kiosk.parts import choices, notices
from ult_desktop.ui.kiosk.survey.survey_run import SurveyRun
from ult_desktop.ui.kiosk.typing.typing_page import Typing

# From the worst to the best answer: a face says it to those who read little.
_MOODS = (("frown", "pink"), ("annoyed", "amber"), ("smile", "teal"), ("laugh", "green"))
_LONGEST = 300  # letters of a suggestion that is typed with a finger
_PLAIN = {"jenis_kelamin": "users", "usia": "cake", "pendidikan": "graduation-cap", "pekerjaan": "briefcase"}
_OWN = {
    "L": "mars",
    "P": "venus",
    "0-16": "school",
    "17-25": "graduation-cap",
    "26-35": "laptop",
    "36-45": "briefcase",
    "46-55": "house",
    "56-120": "armchair",
    "SD": "pen-line",
    "SMP": "notebook-pen",
    "SMA": "school",
    "D": "book-open",
    "S1": "graduation-cap",
    "S2": "library",
    "S3": "award",
    "PNS": "landmark",
    "TNI": "shield",
    "POLRI": "shield-check",
    "Swasta": "building-2",
    "Wirausaha": "store",
    "Lainnya": "ellipsis",
}
_TINTS = ("blue", "violet", "teal", "slate", "orange", "pink", "amber", "green")


def survey_faces(run: SurveyRun) -> tuple[choices.Face, ...]:
    """Return the answers of the question now asked, the one given before as chosen."""
    asked = run.question
    if asked is None:
        return ()
    before = run.chosen()
    if isinstance(asked, Element):
        looks = [
            (answer.within(language()), *mood) for answer, mood in zip(asked.answers, _MOODS, strict=True)
        ]
    else:
        looks = [
            (
                choice.name.within(language()),
                _OWN.get(choice.key, _PLAIN[asked.key]),
                _TINTS[place % len(_TINTS)],
            )
            for place, choice in enumerate(asked.choices)
        ]
    return tuple(
        choices.Face(title=words, name=words, icon=icon, tint=tint, badge="✓" if place == before else "")
        for place, (words, icon, tint) in enumerate(looks)
    )


def survey_heading(run: SurveyRun) -> tuple[str, str]:
    """Return the title and the sentence of the page."""
    asked = run.question
    if isinstance(asked, ProfileQuestion):
        return asked.name.within(language()), _("Tanpa nama, dan boleh dilewati.")
    if isinstance(asked, Element):
        return asked.question.within(language()), _("Petugas tidak melihat jawaban Anda.")
    return _("Ada saran untuk kami?"), _("Boleh dikosongkan. Jangan tulis nama Anda.")


def survey_picture(run: SurveyRun) -> tuple[str, str]:
    """Return the icon of the page and its tint."""
    asked = run.question
    if isinstance(asked, ProfileQuestion):
        return _PLAIN[asked.key], "blue"
    return ("smile", "green") if asked is not None else ("messages-square", "teal")


def survey_place(run: SurveyRun) -> tuple[int, int] | None:
    """Return the number of the question asked and of all questions; None after the last."""
    return (run.step + 1, run.total) if run.question is not None else None


def suggestion_asked(run: SurveyRun) -> Typing:
    """Return the page after the last question, which asks for a suggestion."""
    title, hint = survey_heading(run)
    return Typing(
        about=("survey", run.start.ticket.ticket_id),
        title=title,
        hint=hint,
        verb=_("Kirim"),
        skip=_("Kirim"),
        picture=survey_picture(run),
        trouble=run.trouble,
        longest=_LONGEST,
    )


def thanks() -> notices.Notice:
    return notices.Notice(
        "heart-handshake",
        "green",
        _("Terima kasih atas penilaian Anda"),
        (_("Masukan Anda membantu kami meningkatkan pelayanan."), _("Petugas tidak melihat jawaban Anda.")),
        _("Selesai"),
    )


def sending() -> notices.Notice:
    return notices.Notice("hourglass", "blue", _("Menyimpan jawaban Anda…"), (_("Mohon tunggu sebentar."),))
