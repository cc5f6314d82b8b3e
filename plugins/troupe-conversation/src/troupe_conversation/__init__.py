"""Worlds in which people talk in an order: a focus group, interviews, rooms with doors."""
