// A strict fake of WPS' object model: whatever the typings do not have, or is used in another way, throws. Its state
// lives with the test (`__DESK__`), so that ribbon, dialog and task pane see one WPS, as they do in the real one.
(function () {
  "use strict";
  var MEMBERS = __MEMBERS__;

  function desk(operation) {
    var request = new XMLHttpRequest();
    request.open("POST", "__DESK__", false);
    request.send(JSON.stringify({ operation: operation, values: [].slice.call(arguments, 1) }));
    var answer = JSON.parse(request.responseText);
    if (answer.error) { throw new Error(answer.error); }
    return answer.result;
  }

  function guard(type, members) {
    var table = MEMBERS[type];
    return new Proxy({}, {
      get: function (_, name) {
        if (typeof name === "symbol" || name === "then" || name === "toJSON") { return undefined; }
        if (!table[name]) { return misuse(type, name, "is not in the typings"); }
        if (!(name in members)) { return misuse(type, name, "is not implemented here"); }
        var member = members[name];
        if (table[name].most < 0) { return typeof member === "function" ? member() : member; }
        return function () {
          if (arguments.length > table[name].most) { misuse(type, name, "got too many arguments"); }
          if (arguments.length < table[name].least) { misuse(type, name, "got too few arguments"); }
          return member.apply(null, arguments);
        };
      },
      set: function (_, name, value) {
        if (!table[name]) { misuse(type, name, "is not in the typings"); }
        if (table[name].readOnly) { misuse(type, name, "is read-only"); }
        if (!(name + "=" in members)) { misuse(type, name, "cannot be set here"); }
        members[name + "="](value);
        return true;
      },
    });
  }

  function misuse(type, name, what) {
    var message = "WPS: " + type + "." + String(name) + " " + what;
    desk("misused", message);
    throw new Error(message);
  }

  function range(book, sheet, row, column, rows, columns) {
    return guard("Range", {
      Row: row, Column: column,
      Rows: function () { return { Count: rows }; },
      Resize: function (r, c) { return range(book, sheet, row, column, r, c); },
      Address: function () { return desk("address", row, column, rows, columns); },
      Areas: function () { return guard("Areas", { Count: 1, Item: function () { return range(book, sheet, row, column, rows, columns); } }); },
      EntireRow: function () { return guard("Range", { Hidden: function () { return desk("is_hidden", book, sheet, row); } }); },
      Value2: function () {
        var values = desk("cells", book, sheet, row, column, rows, columns);
        return rows === 1 && columns === 1 ? values[0][0] : values;
      },
      Select: function () { desk("select", book, sheet, row, column, rows, columns); },
    });
  }

  function worksheet(book, name) {
    return guard("Worksheet", {
      Name: name,
      Activate: function () { desk("activate_sheet", book, name); },
      Cells: function () { return guard("Range", { Item: function (r, c) { return range(book, name, r, c, 1, 1); } }); },
      Range: function (address) { return range.apply(null, [book, name].concat(desk("place", address))); },
    });
  }

  function workbook(name) {
    if (!name) { return null; }
    return guard("Workbook", {
      Name: name,
      FullName: function () { return desk("book", name).full_name; },
      Path: function () { return desk("book", name).folder; },
      Saved: function () { return desk("book", name).saved; },
      ReadOnly: function () { return desk("book", name).read_only; },
      Save: function () { desk("save", name); },
      SaveCopyAs: function (path) { desk("save_copy", name, path); },
      Close: function (save) { desk("close", name, save); },
      Activate: function () { desk("activate", name); },
      Worksheets: function () { return guard("Sheets", { Item: function (sheet) { desk("sheet", name, sheet); return worksheet(name, sheet); } }); },
    });
  }

  function fileDialog(kind) {
    desk("file_dialog", kind);
    var chosen = [];
    return guard("FileDialog", {
      "Title=": function () {}, "InitialFileName=": function () {}, "AllowMultiSelect=": function () {},
      Show: function () { chosen = desk("choose", kind); return chosen.length ? -1 : 0; },
      SelectedItems: function () {
        return guard("FileDialogSelectedItems", { Count: chosen.length, Item: function (index) { return chosen[index - 1]; } });
      },
    });
  }

  function pane(id) {
    return guard("TaskPane", {
      ID: id,
      Visible: function () { return desk("pane", id).visible; }, "Visible=": function (shown) { desk("show_pane", id, shown); },
      "DockPosition=": function () {}, "Width=": function () {},
    });
  }

  var application = guard("Application", {
    ActiveWorkbook: function () { return workbook(desk("active_book")); },
    ActiveSheet: function () { var at = desk("selection"); return worksheet(at.book, at.sheet); },
    ActiveWindow: function () {
      return guard("Window", { RangeSelection: function () {
        var at = desk("selection"), areas = at.areas, first = areas[0];
        return guard("Range", {
          Address: function () { return desk.apply(null, ["address"].concat(first)); },
          Areas: function () {
            return guard("Areas", { Count: areas.length, Item: function (index) { return range.apply(null, [at.book, at.sheet].concat(areas[index - 1])); } });
          },
        });
      } });
    },
    Workbooks: function () {
      return guard("Workbooks", {
        Count: desk("book_names").length,
        Item: function (which) { return workbook(typeof which === "number" ? desk("book_names")[which - 1] : desk("book", which).name); },
        Open: function (path, links, readOnly) { return workbook(desk("open", path, readOnly)); },
      });
    },
    FileDialog: fileDialog,
    FileSystem: function () {
      return guard("FileSystem", { Exists: function (path) { return desk("exists", path); }, ReadFile: function (path) { return desk("read", path); } });
    },
    Env: function () { return guard("Env", { GetHomePath: function () { return desk("home"); }, GetProgramDataPath: function () { return ""; }, GetAppDataPath: function () { return ""; } }); },
    PluginStorage: function () {
      return guard("PluginStorage", { getItem: function (key) { return desk("recall", key); }, setItem: function (key, value) { desk("keep", key, String(value)); } });
    },
    ShowDialog: function (url, title, width, height, modal) { desk("show_dialog", url, title, modal); },
    CreateTaskPane: function (url, title) { return pane(desk("create_pane", url, title)); },
    GetTaskPane: function (id) { if (typeof id !== "number") { throw new Error("GetTaskPane wants a number"); } desk("pane", id); return pane(id); },
    OAAssist: function () { return guard("OAAssist", { ShellExecute: function (url) { desk("open_url", url); return null; } }); },
  });
  Object.defineProperty(window, "Application", { value: application });
  Object.defineProperty(window, "wps", { value: application });
  window.prompt = function () { return null; };
  window.alert = function (text) { desk("alert", String(text)); };
  window.close = function () { desk("window_closed", document.location.toString()); };
}());
