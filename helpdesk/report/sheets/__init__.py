"""The fourteen sheets of the report (records §2.4), a file a theme; which there are stands in `registry.py`."""
