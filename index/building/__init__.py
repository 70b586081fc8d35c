"""From a folder of files to an index: which files there are, what each says, what changed."""
