"""The command line, a verb a file. The only room that prints."""
