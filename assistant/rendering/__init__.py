"""What documents are called and answers written as: each once."""
