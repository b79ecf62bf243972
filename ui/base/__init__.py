"""What every room stands on and that knows no page: text, theme, components of the browser."""
