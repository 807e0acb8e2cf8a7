"""Rows of a person as an archive tells them."""
