"""登记簿: the six records as books, the pages of a day or of a month (D6)."""
