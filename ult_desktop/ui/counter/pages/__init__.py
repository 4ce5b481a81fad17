"""The parts of the counter's pages and tabs: host, page, tab, boxes, papers."""

from ult_desktop.ui.counter.pages.boxes import FormBox, ListBox, ask_words
from ult_desktop.ui.counter.pages.page import (
    CaseWanted,
    Fetching,
    ListGroup,
    ListPage,
    SettingsGroup,
    VisitTab,
    VisitTabs,
    WorkPage,
    snapshot,
)
from ult_desktop.ui.counter.pages.page_host import PageHost, Then
from ult_desktop.ui.counter.pages.papers import choose_days, offer_paper, offer_report
from ult_desktop.ui.counter.pages.unmasking import (
    contact_action,
    hide_timer,
    may_open,
    open_visit,
    show_clear,
    show_contacts,
)

__all__ = [
    "CaseWanted",
    "Fetching",
    "FormBox",
    "ListBox",
    "ListGroup",
    "ListPage",
    "PageHost",
    "SettingsGroup",
    "Then",
    "VisitTab",
    "VisitTabs",
    "WorkPage",
    "ask_words",
    "choose_days",
    "contact_action",
    "hide_timer",
    "may_open",
    "offer_paper",
    "offer_report",
    "open_visit",
    "show_clear",
    "show_contacts",
    "snapshot",
]
