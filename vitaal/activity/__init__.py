"""What happened, by whom, to what: the only thing that features tell each other."""
