"""What a new plugin is made of: its names, the kinds there are, and the files that are written."""
