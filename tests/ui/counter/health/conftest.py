"""The bench of the work pages."""

from tests.ui.counter.pages.bench import bench

__all__ = ["bench"]
