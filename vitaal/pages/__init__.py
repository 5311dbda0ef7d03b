"""What all screens share: layout, components, styles, pictures, forms and error pages."""
