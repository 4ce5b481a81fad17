"""The written procedure as the office runs it, to read next to the work and to save as a PDF."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ult_desktop.base import _
from ult_desktop.base.late import late
from ult_desktop.core.accountability.qualifications import qualified_officers_part
from ult_desktop.core.procedures import document
from ult_desktop.db.accountability import qualifications
from ult_desktop.db.office import office as office_rows
from ult_desktop.ui.counter.pages import PageHost, papers
from ult_desktop.ui.kit import Column, dialogs, panels, widgets
from ult_desktop.ui.kit.detail import Fact, Facts

if TYPE_CHECKING:
    from pathlib import Path

    from ult_desktop.core.access.roles import Actor
    from ult_desktop.core.accountability.qualifications import Qualification
    from ult_desktop.core.procedures.procedure import Procedure
    from ult_desktop.operations.office.office import Office
    from ult_desktop.reports import procedure as paper
else:
    paper = late("ult_desktop.reports.procedure")

_WIDTH, _HEIGHT = 860, 520  # base pixels


def reading_area(host: PageHost, title: str, inner: QWidget) -> QScrollArea:
    """Make the area of a box in which `inner` scrolls. It keeps part of the window's height for buttons."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setMinimumHeight(min(host.theme.px(_HEIGHT), round(host.window.height() * 0.6)))
    area.setAccessibleName(title)
    area.setWidget(inner)
    return area


class DocumentBox(dialogs.Box):
    """The box to read a procedure in: its head, lists and steps, then `extra_parts` and remarks.

    The PDF that is saved here is the procedure itself, without `extra_parts`.
    """

    def __init__(
        self, host: PageHost, procedure: Procedure, extra_parts: tuple[document.DocumentPart, ...] = ()
    ) -> None:
        super().__init__(host.window, host.theme, procedure.title, ("list-ordered", "blue"))
        self._host, self._procedure, self._extra_parts = host, procedure, extra_parts
        px = host.theme.px
        self.setMinimumWidth(min(px(_WIDTH), host.window.width()))
        self.add_part(self._scroll_area())
        # Not by `add_button`, whose buttons close the box.
        save = widgets.Button(host.theme, _("Simpan PDF"), "", "file-text")
        save.setAutoDefault(False)
        save.clicked.connect(lambda: papers.save(host, partial(_write_pdf, procedure)))
        self.buttons.addWidget(save)
        self.save_button = save
        self.add_button(_("Tutup"), "primary", lambda: None)

    def _scroll_area(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        column = Column(self.theme, inner, gap=12, margins=(0, 0, 8, 0))
        for section in self._make_sections():
            column.addWidget(section)
        column.addStretch(1)
        area = reading_area(self._host, self._procedure.title, inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _make_sections(self) -> list[panels.Section]:
        procedure = self._procedure
        office = procedure.office
        head = self._make_section("\n".join((*office.parents, office.name)), document.head_rows(procedure))
        steps = [
            self._make_section(
                f"{step.step}. {step.activity}",
                ((_("Pelaksana"), document.actors_words(procedure, step)), *document.quality_rows(step)),
            )
            for step in procedure.steps
        ]
        document_lists = [self._list_section(part) for part in document.document_lists(procedure)]
        last_parts = (*self._extra_parts, *document.document_remarks(procedure))
        return [head, *document_lists, *steps, *map(self._list_section, last_parts)]

    def _list_section(self, part: document.DocumentPart) -> panels.Section:
        numbered = tuple((f"{number}.", item) for number, item in enumerate(part.items, 1))
        return self._make_section(part.heading, numbered)

    def _make_section(self, title: str, rows: tuple[tuple[str, str], ...]) -> panels.Section:
        section, facts = panels.Section(self.theme, title), Facts(self.theme)
        facts.show_facts([Fact(name, value) for name, value in rows])
        section.body.addWidget(facts)
        return section


def open_procedure(host: PageHost, procedure: Procedure) -> None:
    """Read which officers are qualified for the procedure, then open the box with these as well."""

    def read(office: Office) -> tuple[Qualification, ...]:
        return office.read(lambda tx: qualifications.of_procedure(tx, procedure.id))

    def show(qualified: tuple[Qualification, ...]) -> None:
        DocumentBox(host, procedure, (qualified_officers_part(qualified),)).open()

    host.read(read, show)


def _write_pdf(procedure: Procedure, office: Office, _actor: Actor) -> Path:
    """Write the procedure as PDF, on the worker thread, and return its path."""
    logo = office.read(office_rows.load).settings.office.logo
    pdf = paper.procedure_pdf(procedure, logo)
    return papers.write_document(f"POS {procedure.title} {procedure.number}", "pdf", pdf)
