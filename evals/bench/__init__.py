"""Speed and size, measured on this machine in one run: ``python -m evals.bench``."""
