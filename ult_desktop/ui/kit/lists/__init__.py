"""Lists: model, view, painted rows, search and filters."""

from ult_desktop.ui.kit.lists.record_list import Filter, ListRow, RecordList, Tag, TagRow

__all__ = ["Filter", "ListRow", "RecordList", "Tag", "TagRow"]
