"""The bench for the pages of the visitors."""

from tests.ui.counter.work.bench import bench

__all__ = ["bench"]
