"""Paper: a record as a printed form (`form.py`), drawn alike on the page and in the workbook (`form_xlsx.py`).

A noun says once what stands on its form; page, print and .xlsx follow from it and cannot differ (D6).
"""

from reception.core.paper.form import Cell, Form, Mended, Part, Row, moment, row, signed, stamp

__all__ = ["Cell", "Form", "Mended", "Part", "Row", "moment", "row", "signed", "stamp"]
