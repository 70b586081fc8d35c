"""Reports: the same scores for a terminal, a page, a pull request and other tools."""
