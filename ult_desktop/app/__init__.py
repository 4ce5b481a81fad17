"""The assembly of a station: settings, link, devices and the window of its mode."""

from ult_desktop.ui.plain_imports import import_plainly

import_plainly()  # before the modules of a mode, most of which come before those of its windows
