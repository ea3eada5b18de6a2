"""Data files only; installed as ``geo._data``."""
