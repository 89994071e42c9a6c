// ExcelJS reads each file and appends its rows to a streaming writer: node exceljs.js FOLDER OUT HEADER_ROW
"use strict";
const fs = require("fs");
const path = require("path");
const ExcelJS = require("exceljs");

async function main() {
  const [folder, out, header] = process.argv.slice(2);
  const merged = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: out });
  const sheet = merged.addWorksheet("台账");
  let count = 0;
  for (const name of fs.readdirSync(folder).sort()) {
    const book = new ExcelJS.Workbook();
    await book.xlsx.readFile(path.join(folder, name));
    book.getWorksheet("责任清单").eachRow((row, number) => {
      if (number > Number(header)) {
        sheet.addRow([...row.values.slice(1), name]).commit();
        count += 1;
      }
    });
  }
  sheet.commit();
  await merged.commit();
  console.log(count);
}

main();
