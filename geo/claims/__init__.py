"""What a report states of places: triggers, sides, status, numbers, times and sources."""
