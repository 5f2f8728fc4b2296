"""What a design means in sessions, dots and minutes."""
