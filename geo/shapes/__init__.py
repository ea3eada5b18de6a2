"""Shapes: from a claim to what is drawn for it, one short rule a relation."""
