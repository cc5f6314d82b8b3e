"""Changing what is installed beside Troupe, by the tool that installed Troupe itself."""
