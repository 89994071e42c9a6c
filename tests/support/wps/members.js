// The typings' members, so that the fake WPS refuses what they do not have. Prints JSON: type → member → facts.
// The typings forbid modified copies: nothing of this is kept.
const ts = require("typescript");
const fs = require("fs");
const os = require("os");
const path = require("path");

const declarations = require.resolve("et-jsapi-declare/index.d.ts");
const wanted = {
  Application: "WPSMergedRoot", Workbooks: "Et.Workbooks", Workbook: "Et.Workbook", Worksheet: "Et.Worksheet",
  Sheets: "Et.Sheets", Range: "Et.Range", Areas: "Et.Areas", Window: "Et.Window", FileDialog: "Kso.FileDialog",
  FileDialogSelectedItems: "Kso.FileDialogSelectedItems", PluginStorage: "WPS.PluginStorage",
  FileSystem: "WPS.FileSystem", Env: "WPS.Env", OAAssist: "WPS.OAAssist", TaskPane: "WPS.CustomTaskpane",
};
const probe = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "members-")), "probe.d.ts");
fs.writeFileSync(probe, `/// <reference path="${declarations}" />\n`
  + Object.entries(wanted).map(([name, type]) => `declare const probe_${name}: ${type};`).join("\n"));
const program = ts.createProgram([probe], { lib: ["lib.es5.d.ts", "lib.dom.d.ts"], target: ts.ScriptTarget.ES5, types: [] });
const checker = program.getTypeChecker();
const members = {};
for (const statement of program.getSourceFile(probe).statements) {
  if (!ts.isVariableStatement(statement)) continue;
  const declaration = statement.declarationList.declarations[0];
  const found = (members[declaration.name.text.slice(6)] = {});
  for (const symbol of checker.getTypeAtLocation(declaration.name).getProperties()) {
    const calls = checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures();
    const isOptional = (each) => Boolean(each.valueDeclaration && each.valueDeclaration.questionToken);
    found[symbol.name] = {
      most: calls.length ? Math.max(...calls.map((one) => one.parameters.length)) : -1,
      least: calls.length ? Math.min(...calls.map((one) => one.parameters.filter((each) => !isOptional(each)).length)) : -1,
      readOnly: (symbol.declarations || []).some((one) => Boolean(ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Readonly)),
    };
  }
}
fs.rmSync(path.dirname(probe), { recursive: true });
process.stdout.write(JSON.stringify(members));
