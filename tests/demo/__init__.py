"""Tests: the demo."""
