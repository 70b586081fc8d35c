"""Runs: asking the questions of a suite and keeping what came back."""
