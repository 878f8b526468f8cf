"""A turn goes on from the last change, through the whole application."""
