"""What the windows of every mode are built of: theme, widgets, dialogs, forms and lists."""
