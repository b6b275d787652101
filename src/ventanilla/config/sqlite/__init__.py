"""Django's SQLite backend with a fair writer's lock."""
