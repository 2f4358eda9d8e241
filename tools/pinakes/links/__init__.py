"""What became of each link: a verdict on one observation, a state from a history of them, and what to do about it."""
