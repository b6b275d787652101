"""REST, version 1: the same actions for the programs of the municipality and of others."""
