"""How fast Vitaal is, measured beside the limit of what the same work costs without its frameworks."""
