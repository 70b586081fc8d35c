"""What is asked: made readable, understood after what came before, and put to what is held."""
