"""Properties are checked at whatever pace the machine allows: a busy one is no failure."""

from hypothesis import settings

settings.register_profile("any_pace", deadline=None)
settings.load_profile("any_pace")
