"""The composition root: settings become a link, devices and the window of a mode."""
