"""Checks over all answers of a run for what no answer may do, however it was made."""
