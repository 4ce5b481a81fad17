"""The bench of the work pages."""

from tests.ui.counter.work.bench import bench

__all__ = ["bench"]
