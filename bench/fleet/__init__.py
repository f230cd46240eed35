"""How workers share the looks, measured; and what a million articles would take, worked out."""
