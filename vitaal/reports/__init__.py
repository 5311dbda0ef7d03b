"""A period of one workspace as data, as page and as files."""
