"""The bench for the pages of the visitors."""

from tests.ui.counter.pages.bench import bench

__all__ = ["bench"]
