"""样册、资质文件: what lies where, what came in and went out, handed to whom (A5.2)."""
