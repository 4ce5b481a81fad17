"""The panels of the show that need no file: the office's hours, and a service's published standard."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ult_desktop.base import _, language
from ult_desktop.core.office.standard import StandardComponent, optional_published, published_of
from ult_desktop.core.queue.boards import Service, ServiceQueue
from ult_desktop.ui.display import panels
from ult_desktop.ui.kit import Column, Row, Theme

_COMPONENTS = 3  # of a page: more would be too small to read
_SHORT: dict[str, Callable[[], str]] = {
    "requirements": lambda: _("Persyaratan"),
    "mechanism": lambda: _("Prosedur"),
    "completion": lambda: _("Waktu"),
    "fee": lambda: _("Biaya"),
    "product": lambda: _("Produk"),
    "complaints": lambda: _("Pengaduan"),
}
"""The names of the components for a screen that has no room for the legal ones."""
_MOST_ROWS = 7  # the days of a week
_MOST_HIGH = 220  # base pixels: a higher row would look empty


class HoursRow(panels.Backdrop):
    """A row of days with the same hours, and those hours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.days = panels.FitText(theme, "strong", 700, rows=2).filling()
        self.hours = panels.FitText(theme, "strong", 600, "call-accent", rows=2).filling()
        row = Row(theme, self, 20, (28, 4, 28, 4))
        row.addWidget(self.days, 1)
        row.addWidget(self.hours.aligned(panels.END), 1)


class HoursPanel(QWidget):
    """The hours of the next seven days, and the office's telephone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = panels.FitText(theme, 72, 800)
        self.phone = panels.FitText(theme, "strong", 600, rows=2)
        self.rows = tuple(HoursRow(theme) for _row in range(_MOST_ROWS))
        column = Column(theme, self, 14)
        column.addWidget(self.title)
        for row in self.rows:
            column.addWidget(row, 1)
        column.addWidget(self.phone)
        column.addStretch()
        theme.changed.connect(self._limit)
        self._limit()

    def _limit(self) -> None:
        for row in self.rows:
            row.setMaximumHeight(self._theme.px(_MOST_HIGH))

    def show_hours(self, week: Sequence[tuple[str, str]], phone: str) -> None:
        """Show `week`, rows of days and hours; `phone` is the office's telephone in words, or ""."""
        self.title.set_text(_("Jam layanan"))
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(week))
            if place < len(week):
                row.days.set_text(week[place][0])
                row.hours.set_text(week[place][1])
        self.phone.set_text(phone)
        self.phone.setVisible(bool(phone))


class ComponentRow(panels.Backdrop):
    """A component of the standard: its name, and its lines as far as they have room."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.name = panels.FitText(theme, "body", 700, "call-accent", rows=3).filling()
        self.lines = panels.FitText(theme, "body", 500, rows=3).filling()
        self.lines.setProperty("may_elide", True)  # the kiosk and the leaflet have the rest
        row = Row(theme, self, 20, (28, 4, 28, 4))
        row.addWidget(self.name, 3)
        row.addWidget(self.lines, 5)

    def show_component(self, component: StandardComponent) -> None:
        self.name.set_text(component.name, _SHORT[component.field]())
        self.lines.set_text("; ".join(component.lines), component.lines[0])


class StandardPanel(QWidget):
    """The published components of one service."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._services: Sequence[Service] = ()
        self._service_index = self._page = 0
        self.kind = panels.FitText(theme, "small", 600, "ink-soft")
        self.title = panels.FitText(theme, 72, 800, rows=2)
        self.rows = tuple(ComponentRow(theme) for _row in range(_COMPONENTS))
        column = Column(theme, self, 12)
        column.addWidget(self.kind)
        column.addWidget(self.title)
        for row in self.rows:
            column.addWidget(row, 1)

    def show_lines(self, lines: Sequence[ServiceQueue]) -> bool:
        """Show one of the services whose standard is written; return whether there is any."""
        self._services = tuple(line.service for line in lines if optional_published(line.service))
        self._arrange()
        return bool(self._services)

    def turn_page(self) -> bool:
        """Show the next page; return False after the last one: the next service has the next turn."""
        self._page += 1
        is_over = self._page * _COMPONENTS >= len(self._components)
        if is_over:
            self._page, self._service_index = 0, self._service_index + 1
        self._arrange()
        return not is_over

    @property
    def _service(self) -> Service:
        """The service whose turn it is."""
        return self._services[self._service_index % len(self._services)]

    @property
    def _components(self) -> list[StandardComponent]:
        """The written components of that service."""
        if not self._services:
            return []
        return [component for component in published_of(self._service) if component.lines]

    def _arrange(self) -> None:
        if not self._services:
            return
        self.kind.set_text(_("STANDAR PELAYANAN"))
        self.title.set_text(self._service.name.within(language()))
        shown = self._components[self._page * _COMPONENTS : (self._page + 1) * _COMPONENTS]
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(shown))
            if place < len(shown):
                row.show_component(shown[place])
