"""What the windows of all modes are built of: theme, layouts, widgets, forms, lists, dialogs."""
