"""The frame around the pages of the counter: rail, banners, status bar, keys."""
