"""The bench of the kit's own tests."""

from tests.ui.counter.pages.bench import bench

__all__ = ["bench"]
