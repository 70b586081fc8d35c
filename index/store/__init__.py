"""What is on the disk: one manifest, immutable segments, and how they are searched."""
