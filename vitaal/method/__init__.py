"""The method of collaborating locally: its content, and the objects that read it."""
