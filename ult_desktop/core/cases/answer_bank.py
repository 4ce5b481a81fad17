"""The lists from which cases are answered: common questions, excluded information, classes of complaints."""

import msgspec


class Faq(msgspec.Struct, frozen=True, kw_only=True):
    """A common question and its answer. `used` counts the cases it answered; `updated_at` UTC ms.

    `tags` are other words by which the question is found.
    """

    id: int
    question: str
    answer: str
    tags: str
    service_id: int | None
    active: bool
    used: int
    updated_at: int


class LegalBasis(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the office's list of excluded information: what, and by which law."""

    key: str
    title: str
    law: str
    active: bool = True

    @property
    def words(self) -> str:
        return f"{self.title} ({self.law})"


class ComplaintClass(msgspec.Struct, frozen=True, kw_only=True):
    """A class of complaints and the working days in which it is settled (SP4N-LAPOR)."""

    key: str
    name: str
    days: int
    active: bool = True


class CaseLists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists with which every new office begins."""

    grounds: tuple[LegalBasis, ...]
    complaint_classes: tuple[ComplaintClass, ...]
