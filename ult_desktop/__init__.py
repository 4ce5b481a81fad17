"""Queue and service desk for an Indonesian Unit Layanan Terpadu."""

from ult_desktop.base.refcounts import raise_refcounts

__version__ = "0.1.0"

raise_refcounts()
