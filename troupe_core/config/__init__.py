"""From files to typed settings, with errors that name file, key, value and the nearest valid choice."""
