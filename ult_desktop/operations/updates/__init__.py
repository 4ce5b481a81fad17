"""The updates over the share: packages signed and checked, each station's turn, the installation."""
