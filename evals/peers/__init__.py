"""Other libraries' hybrid retrievers, measured on our suites; ``make bench-peers`` runs them.

They live in a virtual environment of their own and import nothing of ours but ``exchange``.
"""
