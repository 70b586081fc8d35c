"""How sure a figure is: intervals, tests, and what a suite of this size can show."""
