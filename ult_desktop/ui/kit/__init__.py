"""The toolkit of the windows of all modes: theme, layouts, widgets, forms, lists, dialogs."""

from ult_desktop.ui.kit.layouts import Column, Grid, Row, keep_room
from ult_desktop.ui.kit.theme import Theme, set_style_properties

__all__ = ["Column", "Grid", "Row", "Theme", "keep_room", "set_style_properties"]
