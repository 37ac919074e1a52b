"""Files that people add to records: judged, rebuilt, kept outside the pages, served only to who may see the record."""
