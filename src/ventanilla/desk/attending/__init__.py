"""Attending somebody at the counter or on the telephone: what was typed, and what comes of it."""
