"""What carries Vitaal: its servers, its packaging and its measurements."""
