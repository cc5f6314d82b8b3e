"""A plugin for the tests: a toy part of every kind, each to try its contract with."""
