"""Replies written once for the product's prompts and played back: the written path, measured."""
