"""Plain functions that make what tests need, by the real actions where there are any."""
