"""A document (`vitaal.pages.document`) as what people take along: PDF, text document and tables."""
