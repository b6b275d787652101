"""Servicios y trámites: what people can file, in whose words, to whom it goes, what is promised and what is asked."""
