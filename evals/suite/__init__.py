"""Suites: known answers read from files, checked, and tied to places in documents."""
