"""What most would write: pandas reads each file by openpyxl, concatenates, and writes one workbook.

python pandas_openpyxl.py FOLDER OUT HEADER_ROW
"""

import sys
from pathlib import Path

import pandas as pd

header = int(sys.argv[3]) - 1
files = sorted(Path(sys.argv[1]).glob("*.xlsx"))
frames = [
    pd.read_excel(path, sheet_name="责任清单", header=header, engine="openpyxl").assign(文件=path.name)
    for path in files
]
merged = pd.concat(frames)
merged.to_excel(sys.argv[2], index=False, engine="openpyxl")
print(len(merged))
