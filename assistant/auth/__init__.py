"""Who may: accounts and their rights, tokens and their scopes, limits."""
