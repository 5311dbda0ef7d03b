"""What `make` does to turn a bare machine into one that runs Vitaal."""
