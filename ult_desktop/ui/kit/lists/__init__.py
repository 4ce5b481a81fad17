"""Lists: model, view, painted rows, search and filters."""

from ult_desktop.ui.kit.lists.filter_bar import Filter
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.lists.rows import ListRow, Tag, TagRow

__all__ = ["Filter", "ListRow", "RecordList", "Tag", "TagRow"]
