"""The windows of the three modes and what they share."""

from ult_desktop.ui.plain_imports import import_plainly

import_plainly()
