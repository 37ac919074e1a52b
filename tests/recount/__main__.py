"""python -m tests.recount DATABASE.sqlite3 REPORT.xlsx 2026-10 [months]"""

import sqlite3
import sys
from pathlib import Path

from tests.recount.compare import differences


def main(database: str, path: str, month: str, months: str = "1") -> int:
    """Print the differences; 1 when there are any."""
    with sqlite3.connect(database) as connection:
        found = list(differences(connection.cursor(), Path(path), month, int(months)))
    print("\n".join(found) or "每一格都相符")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
