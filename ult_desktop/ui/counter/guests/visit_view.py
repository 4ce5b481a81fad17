"""One visit in full: who, what for, what was checked and lent, and what can be done."""

from datetime import datetime

from ult_desktop.db.guests import VisitCard
from ult_desktop.i18n import _
from ult_desktop.ui.counter.guests.guest_words import nameless, visit_facts, visit_story, visit_tags
from ult_desktop.ui.counter.work.detail import Detail
from ult_desktop.ui.counter.work.timeline import Timeline
from ult_desktop.ui.theme import Theme


class VisitView(Detail):
    """Shows the card it is given."""

    def __init__(self, theme: Theme, nobody: str) -> None:
        super().__init__(theme, (nobody, "user-round"))
        self._nobody = nobody
        self.story = Timeline(theme)
        self.add_section(_("Catatan kunjungan"), self.story)

    def show_card(self, card: VisitCard | None, now: datetime) -> None:
        if card is None:
            self.show_nothing(self._nobody, "user-round")
            return
        guest = card.guest
        self.show_head(
            guest.name if guest else nameless(), guest.institution if guest else "", visit_tags(card)
        )
        self.show_facts(visit_facts(card))
        self.story.show_entries(visit_story(card, now))
