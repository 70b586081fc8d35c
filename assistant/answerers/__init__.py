"""From a question to an answer: decide what may be said, then compose it of quotes."""
