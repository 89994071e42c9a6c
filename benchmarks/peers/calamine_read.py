"""The floor: python-calamine reads every sheet of each file, and nothing is made of it.

python calamine_read.py FOLDER
"""

import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

rows = 0
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    workbook = CalamineWorkbook.from_path(str(path))
    rows += sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)
print(rows)
