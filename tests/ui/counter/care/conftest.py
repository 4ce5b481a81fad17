"""A bench with a guard, the reception, and a vulnerable visitor who has just come."""

from tests.ui.counter.pages.bench import bench  # noqa: F401  (a fixture)
