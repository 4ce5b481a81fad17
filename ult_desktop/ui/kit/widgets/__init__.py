"""The widgets that kiosk, counter and display share, one kind per file."""

from ult_desktop.ui.kit.widgets.banner import Banner
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.icon_tile import IconTile, Logo, tint_of
from ult_desktop.ui.kit.widgets.label import Clock, ElidedLabel, Label, Now
from ult_desktop.ui.kit.widgets.pill import ConnectionBadge, FloatingBadge, Pill

__all__ = [
    "Banner",
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
