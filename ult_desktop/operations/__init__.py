"""The operations: each carries out what a person asked for.

An operation has a permission, one transaction and one event; each file holds those of one noun.
"""
