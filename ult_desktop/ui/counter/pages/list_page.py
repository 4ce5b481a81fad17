"""A page that is a list, and what is chosen there in full beside it."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from typing_extensions import override

from ult_desktop.ui.counter.pages.page import WorkPage
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.lists import Filter, ListRow, RecordList


class HasId(Protocol):
    """What a row stands for."""

    @property
    def id(self) -> int | str: ...


R = TypeVar("R", bound=HasId)


class ListPage(WorkPage, Generic[R]):
    """Reads the records with their list: choosing one reads nothing more."""

    _found: Sequence[R] = ()

    def add_list(
        self, hint: str, filters: Sequence[Filter], empty: tuple[str, str], nothing: tuple[str, str]
    ) -> None:
        """`empty` and `nothing`: words and icon while there is no row, and while none is chosen."""
        self._nothing = nothing
        self.list = RecordList(self.theme, hint, filters, empty)
        self.detail = Detail(self.theme)
        self.show_split(self.list, self.detail)
        self.list.chosen.connect(self._show_chosen)

    def show_records(self, found: Sequence[R], rows: Sequence[ListRow]) -> None:
        """Each record with its row."""
        self._found = found
        self.list.show_rows(rows)
        self._show_chosen()

    def show_record(self, found: R) -> None:
        """The one that is chosen, in the detail."""
        raise NotImplementedError

    @property
    def chosen(self) -> R | None:
        return next((each for each in self._found if each.id == self.list.selected), None)

    @override
    def open_subject(self, subject: object) -> None:
        self.list.choose(subject)

    def _show_chosen(self, _row: object = None) -> None:
        found = self.chosen
        if found is None:
            self.detail.show_nothing(*self._nothing)
        else:
            self.show_record(found)
