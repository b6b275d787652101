"""Reparto: the ordered rules that say who gets a new case, written by picking from lists, tried out before saving."""
