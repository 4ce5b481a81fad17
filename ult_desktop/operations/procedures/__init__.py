"""The procedures (POS): taken into use, and their steps marked."""
