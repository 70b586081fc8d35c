"""Searching, asking and reading over HTTP, for other programs; the page for people is elsewhere."""
