"""客户反映情况报告: every figure has one definition, read by the desk, the page and the workbook (D4.4.5)."""
