"""Places: names found in text, and the place that each one means."""
