"""What Vitaal promises, said as tests."""
