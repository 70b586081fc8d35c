"""Answers made of what the inspectors wrote; and the edges: command line, web chat."""
