"""What pages share: session state, theme, forms, live panels and figures."""
