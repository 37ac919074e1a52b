"""What becomes of the 客户反映情况报告: written, signed, reviewed, handed in, locked (D4.4.5)."""
