"""Checks saved answers again: is every quote, word for word, where it is said to be?"""

from assistant.checking.judging import Checked, Verdict, judge
from assistant.checking.saved_file import Saved, read

__all__ = ["Checked", "Saved", "Verdict", "judge", "read"]
