"""Train the reader that ships, and say how well it reads; part of no test and no answer."""
