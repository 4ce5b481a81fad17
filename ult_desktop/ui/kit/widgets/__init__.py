"""The widgets that kiosk, counter and display share, one kind per file."""

from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.clock import Clock, Now
from ult_desktop.ui.kit.widgets.connection_badge import ConnectionBadge, FloatingBadge
from ult_desktop.ui.kit.widgets.icon_tile import IconTile, Logo, tint_of
from ult_desktop.ui.kit.widgets.label import ElidedLabel, Label
from ult_desktop.ui.kit.widgets.pill import Pill

__all__ = [
    "Button",
    "Clock",
    "ConnectionBadge",
    "ElidedLabel",
    "FloatingBadge",
    "IconTile",
    "Label",
    "Logo",
    "Now",
    "Pill",
    "tint_of",
]
