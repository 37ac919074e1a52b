"""The service desk wing: estate register, calls, repair orders (requirements C, D and E)."""
