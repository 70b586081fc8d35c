"""Metrics, one idea a file: each scores one question, or says that it does not apply."""
