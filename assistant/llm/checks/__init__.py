"""Check what a language model wrote against what it cites; it knows no prompt and no answer."""

from assistant.llm.checks.support import SUPPORTED, Checks, Verdict, chance

__all__ = ["SUPPORTED", "Checks", "Verdict", "chance"]
