"""From a query to its best passages: found, ranked, spread."""
