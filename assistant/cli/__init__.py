"""The command line: one small file a group of commands. It is an edge: it prints."""

from assistant.cli.main import main

__all__ = ["main"]
