"""Bytes that anybody could hand to the program, each with the reader that takes them."""
