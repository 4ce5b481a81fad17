"""The page Pengaturan: a group of settings each, so that nobody needs a file or a command line."""
