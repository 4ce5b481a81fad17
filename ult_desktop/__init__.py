"""Queue and service desk for an Indonesian Unit Layanan Terpadu."""

from ult_desktop.immortal import hold_constants

__version__ = "0.1.0"

hold_constants()
