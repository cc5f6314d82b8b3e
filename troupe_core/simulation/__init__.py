"""Who acts when, what comes of it, and when it is over."""
