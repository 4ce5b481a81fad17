"""The bench of the kit's own tests."""

from tests.ui.counter.work.bench import bench

__all__ = ["bench"]
