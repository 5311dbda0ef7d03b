"""Pictures as SVG from plain data: shapes, classes and attributes only, so they also work in mail and PDF."""
