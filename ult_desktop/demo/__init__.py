"""The demo: a whole office on one PC, which a person tries by hand or robots play."""
