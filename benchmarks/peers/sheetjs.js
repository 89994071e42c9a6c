// SheetJS reads each file, appends its rows and writes one workbook: node sheetjs.js FOLDER OUT HEADER_ROW
"use strict";
const fs = require("fs");
const path = require("path");
const XLSX = require("xlsx");

const [folder, out, header] = process.argv.slice(2);
const all = [];
for (const name of fs.readdirSync(folder).sort()) {
  const book = XLSX.read(fs.readFileSync(path.join(folder, name)), { cellDates: true, sheets: "责任清单" });
  for (const row of XLSX.utils.sheet_to_json(book.Sheets["责任清单"], { header: 1, range: Number(header), raw: true })) {
    all.push([...row, name]);
  }
}
const merged = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(merged, XLSX.utils.aoa_to_sheet(all), "台账");
XLSX.writeFile(merged, out, { compression: true });
console.log(all.length);
