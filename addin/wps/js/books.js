// Workbooks that a button writes anew while WPS has them open: saved, closed, and opened again where the clerk was.
var PlanbookBooks = (function () {
  "use strict";

  /** Paths as they are compared: WPS and the service may write the same one differently. @param {string} path */
  function plain(path) {
    var text = String(path).replace(/\\/g, "/");
    return /^[A-Za-z]:/.test(text) ? text.toLowerCase() : text;
  }

  /** @param {string} path */
  function stem(path) { return path.replace(/\.[^.\/\\]*$/, ""); }

  /**
   * Let go of every open workbook that is one of `files` or lies in one of `folders`.
   *
   * What the clerk typed is saved first; where it cannot be saved under its name it is kept beside it, and where even
   * that fails nothing is closed.
   *
   * @param {string[]} files
   * @param {string[]} folders
   * @param {{fullName: string} | null} active
   * @param {{sheet: string, address: string} | null} place
   * @returns {{released: any[], notes: string[]}}
   */
  function release(files, folders, active, place) {
    var released = [], notes = [], open = PlanbookHost.openBooks(), i, k, book, isWanted;
    for (i = 0; i < open.length; i++) {
      book = open[i];
      isWanted = false;
      for (k = 0; k < files.length; k++) { isWanted = isWanted || plain(book.fullName) === plain(files[k]); }
      for (k = 0; k < folders.length; k++) { isWanted = isWanted || plain(book.fullName).indexOf(plain(folders[k]) + "/") === 0; }
      if (!isWanted) { continue; }
      if (!book.saved) {
        if (book.readOnly) {
          var copy = stem(book.fullName) + "_未保存的改动.xlsx";
          PlanbookHost.saveCopy(book.name, copy);
          notes.push("“" + book.name + "”是只读打开的，您的改动另存在 " + copy + "。");
        } else { PlanbookHost.save(book.name); }
      }
      released.push({ path: book.fullName, place: active && active.fullName === book.fullName ? place : null, readOnly: book.readOnly });
    }
    for (i = 0; i < released.length; i++) {
      for (k = 0; k < open.length; k++) { if (open[k].fullName === released[i].path) { PlanbookHost.close(open[k].name); } }
    }
    return { released: released, notes: notes };
  }

  /** Open again what was let go, the clerk back where they were. @param {any[]} released @returns {string[]} */
  function restore(released) {
    var notes = [], i;
    for (i = 0; i < released.length; i++) {
      try {
        PlanbookHost.open(released[i].path, released[i].readOnly);
        if (released[i].place) { PlanbookHost.show(released[i].place); }
      } catch (e) { notes.push("“" + released[i].path + "”没能重新打开到原来的位置，请自行打开。"); }
    }
    return notes;
  }

  return { release: release, restore: restore, plain: plain };
}());
