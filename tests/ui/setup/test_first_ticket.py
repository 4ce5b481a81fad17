"""From a bare PC to the first ticket: a script that knows nothing but what a screen reader tells."""
