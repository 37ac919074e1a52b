"""The records behind each figure of the report: from a number to its list, and no record more or less (D4.4.5)."""
