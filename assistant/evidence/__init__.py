"""Sentences of passages that answer, and the exact quotes made of them."""
