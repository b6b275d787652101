"""Static files under names made of their contents, also where one script imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise is untyped
    """Whitenoise's storage; imports between the modules of our rooms (`…/js/*.js`) are rewritten too.

    So no browser mixes two versions. Django can do it for every script (`support_js_module_import_aggregation`), but
    that takes in other packages' scripts, which name modules that aren't there.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("*/js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
