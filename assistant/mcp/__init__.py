"""The letters for language-model programs over the Model Context Protocol."""
