"""polars reads each file (all as text, so that the schemas agree), concatenates, and writes one workbook.

python polars_concat.py FOLDER OUT HEADER_ROW
"""

import sys
from pathlib import Path

import polars as pl

header = int(sys.argv[3]) - 1
frames = [
    pl.read_excel(path, sheet_name="责任清单", read_options={"header_row": header}, infer_schema_length=0).with_columns(
        文件=pl.lit(path.name)
    )
    for path in sorted(Path(sys.argv[1]).glob("*.xlsx"))
]
merged = pl.concat(frames, how="diagonal")
merged.write_excel(sys.argv[2])
print(merged.height)
