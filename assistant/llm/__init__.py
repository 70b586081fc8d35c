"""The language-model answerer: prompt, reply, and the checks by code between the two."""
