"""A believable world to try Vitaal in; all people and organisations are invented."""
