"""What a question names, and what it is called in the inspectors' words."""
