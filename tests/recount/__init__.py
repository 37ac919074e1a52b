"""The month counted again by other means: from the raw tables with plain SQL, sharing no line with the report (D4.4.5).

    python -m tests.recount DATABASE.sqlite3 REPORT.xlsx 2026-10 [months]

prints every cell of the workbook that says another figure than the records do.
"""
