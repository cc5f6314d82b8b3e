"""The few components that a bare ``pip install troupe-core`` has, found through an entry point like all others."""
