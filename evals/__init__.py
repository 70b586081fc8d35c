"""Evaluation: suites of known answers, a runner, metrics, comparisons and reports."""
