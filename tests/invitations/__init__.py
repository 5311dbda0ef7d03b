"""Asking in and answering."""
