"""Actions from a file: read, judged line by line, and only then put on the agenda, all or none."""
