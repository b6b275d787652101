"""Reply templates: the pages where they are kept."""
