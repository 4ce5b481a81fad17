"""The demo: a whole office on one PC, to be tried by hand or to run by itself."""
