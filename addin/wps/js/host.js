// The only file that touches WPS. ES5 on purpose: the engine of WPS on Linux is not known. Facts of the object model
// that decide the wording here: Value2 and not Value (a method); literals instead of wps.Enum; GetTaskPane wants a
// number; a 1×1 range is a scalar, and one row or column may come flat.
var PlanbookHost = (function () {
  "use strict";
  var FILE_PICKER = 3;             // msoFileDialogFilePicker
  var FOLDER_PICKER = 4;           // msoFileDialogFolderPicker
  var DIALOG_OK = -1;
  var DOCK_RIGHT = 2;              // msoCTPDockPositionRight
  var PANE = "planbook_pane_et";
  var CODE_HEADER = "任务编号";
  var HEADER_ROWS = 12;            // a table's headings stand this high up, below title and notes
  var MOST_ROWS = 500;             // 0.2 ms for each call into WPS
  var MOST_COLUMNS = 60;

  function app() { return window.Application; }

  /** @param {Et.Workbook} wb */
  function described(wb) {
    return { name: wb.Name, fullName: wb.FullName, folder: wb.Path, saved: wb.Saved, readOnly: wb.ReadOnly };
  }

  function activeBook() {
    var wb = app().ActiveWorkbook;
    return wb ? described(wb) : null;
  }

  function openBooks() {
    var books = app().Workbooks, count = books.Count, found = [], i;
    for (i = 1; i <= count; i++) { found.push(described(books.Item(i))); }
    return found;
  }

  /** Where the clerk is in the active workbook. */
  function place() {
    var a = app();
    if (!a.ActiveWorkbook) { return null; }
    var sheet = /** @type {Et.Worksheet} */ (a.ActiveSheet);
    return { sheet: sheet.Name, address: a.ActiveWindow.RangeSelection.Address() };
  }

  /** @param {{sheet: string, address: string}} where */
  function show(where) {
    var sheet = /** @type {Et.Worksheet} */ (app().ActiveWorkbook.Worksheets.Item(where.sheet));
    sheet.Activate();
    sheet.Range(where.address).Select();
  }

  /**
   * @param {any} value
   * @param {number} rows
   * @param {number} columns
   * @returns {any[][]}
   */
  function toMatrix(value, rows, columns) {
    var out = /** @type {any[][]} */ ([]), r, c;
    if (!(value instanceof Array)) { return [[value === undefined ? null : value]]; }
    if (value[0] instanceof Array) { return value; }
    for (r = 0; r < rows; r++) {
      out.push([]);
      for (c = 0; c < columns; c++) { out[r].push(value[r * columns + c]); }
    }
    return out;
  }

  /**
   * @param {Et.Worksheet} sheet
   * @param {number} row
   * @param {number} rows
   */
  function block(sheet, row, rows) {
    var first = /** @type {Et.Range} */ (sheet.Cells.Item(row, 1));
    return toMatrix(first.Resize(rows, MOST_COLUMNS).Value2, rows, MOST_COLUMNS);
  }

  /** The visible selected rows of the ledger: their task codes, and of the first its texts and the column's heading. */
  function selectedTasks() {
    var a = app(), found = { codes: /** @type {string[]} */ ([]), beside: /** @type {string[]} */ ([]), header: "" };
    if (!a.ActiveWorkbook) { return found; }
    var sheet = /** @type {Et.Worksheet} */ (a.ActiveSheet);
    var head = block(sheet, 1, HEADER_ROWS), headings = null, at = 0, column = -1, r, c;
    for (r = 0; r < head.length && column < 0; r++) {
      for (c = 0; c < head[r].length; c++) {
        if (String(head[r][c]).replace(/\s/g, "") === CODE_HEADER) { column = c; headings = head[r]; at = r + 1; break; }
      }
    }
    if (!headings) { return found; }
    var areas = a.ActiveWindow.RangeSelection.Areas, count = areas.Count, taken = 0, i, k;
    for (i = 1; i <= count; i++) {
      var area = areas.Item(i), first = area.Row, rows = Math.min(area.Rows.Count, MOST_ROWS - taken);
      if (rows <= 0) { break; }
      var cells = block(sheet, first, rows);
      for (k = 0; k < rows; k++) {
        var code = cells[k][column];
        var hidden = /** @type {Et.Range} */ (sheet.Cells.Item(first + k, 1)).EntireRow.Hidden;
        if (first + k <= at || hidden || !code || found.codes.indexOf(String(code)) >= 0) { continue; }
        if (!found.codes.length) {
          found.header = String(headings[area.Column - 1] || "");
          for (c = 0; c < cells[k].length; c++) { if (typeof cells[k][c] === "string") { found.beside.push(cells[k][c]); } }
        }
        found.codes.push(String(code));
      }
      taken += rows;
    }
    return found;
  }

  /** @param {string} name */
  function save(name) { app().Workbooks.Item(name).Save(); }
  /** @param {string} name @param {string} path */
  function saveCopy(name, path) { app().Workbooks.Item(name).SaveCopyAs(path); }
  /** Close without asking: what was to be kept was saved before. @param {string} name */
  function close(name) { app().Workbooks.Item(name).Close(false); }
  /** @param {string} path @param {boolean} readOnly */
  function open(path, readOnly) { return app().Workbooks.Open(path, 0, readOnly).Name; }
  /** @param {string} name */
  function activate(name) { app().Workbooks.Item(name).Activate(); }

  /** @param {number} kind @param {string} title @param {string} initial */
  function dialog(kind, title, initial) {
    var picker = app().FileDialog(kind);
    picker.Title = title;
    if (initial) { picker.InitialFileName = initial; }
    picker.AllowMultiSelect = kind === FILE_PICKER;
    var chosen = [], i;
    if (picker.Show() === DIALOG_OK) {
      var items = picker.SelectedItems, count = items.Count;
      for (i = 1; i <= count; i++) { chosen.push(items.Item(i)); }
    }
    return chosen;
  }

  /** A folder, "" where the dialog was closed; throws where this WPS has no such dialog. @param {string} title @param {string} initial */
  function pickFolder(title, initial) { return dialog(FOLDER_PICKER, title, initial)[0] || ""; }
  /** @param {string} title @param {string} initial */
  function pickFiles(title, initial) { return dialog(FILE_PICKER, title, initial); }

  /** The service's session as its file says it; null where there is no file. */
  function readSession() {
    var files = app().FileSystem, path = PLANBOOK_CONFIG.sessionFile || usualSessionFile();
    try {
      return files.Exists(path) ? JSON.parse(files.ReadFile(path)) : null;
    } catch (e) { return null; }   // caught in the moment of being replaced: the next look finds it whole
  }

  function usualSessionFile() {
    var env = app().Env;
    return env.GetProgramDataPath() ? env.GetAppDataPath() + "/../Local/planbook/service.json"
      : env.GetHomePath() + "/.local/share/planbook/service.json";
  }

  /** @param {string} key @param {string} value */
  function keep(key, value) { app().PluginStorage.setItem(key, value); }
  /** @param {string} key */
  function recall(key) { return app().PluginStorage.getItem(key); }

  /** @param {string} url @param {string} title */
  function showDialog(url, title) { app().ShowDialog(url, title, 560, 520, false); }

  /** @returns {WPS.CustomTaskpane | null} */
  function pane() {
    var id = recall(PANE);
    if (!id) { return null; }
    try { return app().GetTaskPane(Number(id)); } catch (e) { return null; }
  }

  /** @param {string} url @param {string} title */
  function showPane(url, title) {
    var shown = pane();
    if (!shown) {
      shown = app().CreateTaskPane(url, title);
      keep(PANE, String(shown.ID));
      shown.DockPosition = DOCK_RIGHT;
      shown.Width = 400;
    }
    shown.Visible = true;
  }

  function hidePane() {
    var shown = pane();
    if (shown) { shown.Visible = false; }
  }

  /** Addresses alone: it starts no programs on current WPS. @param {string} url */
  function openUrl(url) { app().OAAssist.ShellExecute(url); }

  return {
    activeBook: activeBook, openBooks: openBooks, place: place, show: show, selectedTasks: selectedTasks,
    toMatrix: toMatrix, save: save, saveCopy: saveCopy, close: close, open: open, activate: activate,
    pickFolder: pickFolder, pickFiles: pickFiles, readSession: readSession, keep: keep, recall: recall,
    showDialog: showDialog, showPane: showPane, hidePane: hidePane, openUrl: openUrl
  };
}());
