"""The web chat: a page for staff over any answerer; it holds no retrieval and no prompts."""
