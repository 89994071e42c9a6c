// One click, carried out: find the workspace, ask what must be known, show outward acts first, let go of open workbooks,
// follow the job, and put everything back where it was.
(function () {
  "use strict";
  var ui = PlanbookAsking;
  var click = JSON.parse(PlanbookHost.recall("planbook_click"));
  var button = PLANBOOK_BUTTONS[click.button];
  /** @type {{id: string, root: string, name: string}} */
  var workspace = { id: "", root: "", name: "" };
  /** @type {{fields: string[], is_there: boolean}} */
  var known = { fields: [], is_there: false };
  /** @type {any} */
  var overview = { periods: [] };
  /** @type {any[]} */
  var released = [];
  var MOST_MISSED = 75;            // at five a second

  function leave() { window.close(); }

  /** @param {{code: string, message: string}} trouble */
  function fail(trouble) {
    ui.content([]);
    ui.complain(trouble.message);
    var buttons = [["关闭", leave]];
    if (trouble.code === "no_workspace") { buttons.unshift(["选择工作区文件夹", chooseWorkspace, "primary"]); }
    else if (trouble.code !== "version") { buttons.unshift(["再试一次", start, "primary"]); }
    ui.foot(/** @type {any} */ (buttons));
  }

  /** A callback that goes on with the answer and ends with the trouble. @param {(answer: any) => void} go */
  function then(go) {
    /** @param {any} trouble @param {any} answer */
    return function (trouble, answer) { if (trouble) { fail(trouble); } else { go(answer); } };
  }

  function start() {
    ui.complain("");
    ui.content([ui.make("p", "正在连接服务……")]);
    ui.foot([["关闭", leave]]);
    PlanbookClient.get("/api/actions", then(function (buttons) {
      for (var i = 0; i < buttons.length; i++) { if (buttons[i].id === click.button) { known = buttons[i]; } }
      if (!known.is_there) { fail({ code: "version", message: "这一版服务还没有“" + button.label + "”，请升级 planbook。" }); return; }
      findWorkspace();
    }));
  }

  function findWorkspace() {
    if (!click.book || !click.book.folder) { lastWorkspace(); return; }
    PlanbookClient.post("/api/workspaces/find", { path: click.book.folder }, function (trouble, found) {
      if (!trouble) { useWorkspace(found); }
      else if (trouble.code === "no_workspace" || trouble.code === "refused") { lastWorkspace(); }
      else { fail(trouble); }
    });
  }

  function lastWorkspace() {
    PlanbookClient.get("/api/workspaces", then(function (all) {
      if (all.length) { useWorkspace(all[0]); }
      else { fail({ code: "no_workspace", message: "还没有打开过工作区（放台账的文件夹）。请选择工作区文件夹；还没有建的，请在“责任台账”页面里新建。" }); }
    }));
  }

  function chooseWorkspace() {
    chooseFolder("选择工作区文件夹", function (folder) {
      PlanbookClient.post("/api/workspaces/open", { path: folder }, function (trouble, opened) {
        if (trouble) { fail({ code: "no_workspace", message: trouble.message }); } else { ui.complain(""); useWorkspace(opened); }
      });
    });
  }

  /** WPS's own dialog, else one of the service, else typing. @param {string} title @param {(folder: string) => void} done */
  function chooseFolder(title, done) {
    var folder;
    try { folder = PlanbookHost.pickFolder(title, click.book ? click.book.folder : ""); } catch (e) {
      PlanbookClient.post("/api/pick-folder", { title: title }, function (trouble, answer) {
        if (trouble) {
          ui.complain(trouble.message);
          ui.form([{ name: "folder", label: "文件夹的完整路径", type: "text", value: "" }], function (values) { done(values.folder); }, leave);
        } else if (answer.path) { done(answer.path); }
      });
      return;
    }
    if (folder) { done(folder); }
  }

  /** @param {{id: string, root: string, name: string}} found */
  function useWorkspace(found) {
    workspace = found;
    ui.part("where").textContent = "工作区：" + found.root;
    PlanbookClient.get("/api/views/overview?workspace=" + found.id, then(function (seen) {
      overview = seen;
      askFiles();
    }));
  }

  /** @param {string} name */
  function asks(name) { return button.asks.indexOf(name) >= 0; }
  /** @param {string} name */
  function takes(name) { return known.fields.indexOf(name) >= 0; }

  function askFiles() {
    var body = {};
    if (!asks("files")) { askRest(body); return; }
    try {
      body.files = PlanbookHost.pickFiles(button.label, click.book ? click.book.folder : "");
    } catch (e) {
      ui.form([{ name: "file", label: "方案文件的完整路径", type: "text", value: "" }], function (values) { body.files = [values.file]; askRest(body); }, leave);
      return;
    }
    if (body.files.length) { askRest(body); } else { leave(); }
  }

  /** The period of the open ledger, else the newest that was issued. */
  function likelyPeriod() {
    var written = click.book ? /^(\d{4}(?:Q[1-4]|H[12]|-\d\d)?)_/.exec(click.book.name) : null;
    return written ? written[1] : overview.periods.length ? overview.periods[0].period : "";
  }

  /** @param {any} body */
  function askRest(body) {
    var fields = [];
    if (takes("tasks") && click.tasks) { body.tasks = click.tasks.codes; }
    if (takes("task") && click.tasks) { body.task = click.tasks.codes[0]; }
    if (takes("beside") && click.tasks) { body.beside = click.tasks.beside; }
    if (takes("header") && click.tasks) { body.header = click.tasks.header; }
    if (asks("period") && takes("period")) {
      if (button.action === "source") { body.period = likelyPeriod(); }
      else { fields.push({ name: "period", label: "填报期", type: "text", value: likelyPeriod() }); }
    }
    if (asks("to")) { fields.push({ name: "to", label: "延期到", type: "date", value: "" }); }
    if (asks("reason")) { fields.push({ name: "reason", label: "理由", type: "text", value: "" }); }
    if (asks("evidence")) { fields.push({ name: "evidence", label: "依据", type: "text", value: "" }); }
    if (asks("checker")) { fields.push({ name: "checker", label: "核查人（可不填）", type: "text", value: "" }); }
    if (!fields.length) { preview(body); return; }
    ui.form(fields, function (values) {
      for (var name in values) { if (Object.prototype.hasOwnProperty.call(values, name)) { body[name] = values[name]; } }
      preview(body);
    }, leave);
  }

  /** @param {any} body */
  function preview(body) {
    var dry = JSON.parse(JSON.stringify(body));
    if (!asks("dry_run") || !takes("dry_run")) { act(body); return; }
    dry.dry_run = true;
    run(dry, function (job) {
      if (job.error) { fail({ code: "refused", message: job.error }); return; }
      ui.content(ui.result(job));
      ui.foot([["确认，就这样做", function () { act(body); }, "primary"], ["关闭", leave]]);
    });
  }

  /** @param {any} body */
  function act(body) {
    ui.foot([]);                     // carried out once, however often it is pressed
    targets(body.period || likelyPeriod(), function (files, folders) {
      var notes = [];
      try {
        var let_go = PlanbookBooks.release(files, folders, PlanbookHost.activeBook(), PlanbookHost.place());
        released = let_go.released;
        notes = let_go.notes;
      } catch (e) {
        fail({ code: "refused", message: "要重写的工作簿存不了盘（" + e.message + "），什么也没有做。请先自行保存并关闭它，再点一次。" });
        return;
      }
      run(body, function (job) { finish(job, notes); });
    });
  }

  /** What the button writes anew. @param {string} period @param {(files: string[], folders: string[]) => void} done */
  function targets(period, done) {
    var files = [], folders = [], wanted = button.rewrites;
    if (wanted.indexOf("review") >= 0) { files.push(overview.review_table); }
    if (wanted.indexOf("corrections") >= 0) { folders.push(workspace.root + "/outputs/退改单/" + period); }
    if (wanted.indexOf("forms") >= 0) { folders.push(workspace.root + "/forms/" + period); }
    if (wanted.indexOf("master") < 0) { done(files, folders); return; }
    PlanbookClient.get("/api/views/period?workspace=" + workspace.id + "&period=" + encodeURIComponent(period), function (trouble, state) {
      if (!trouble) { files.push(state.master); }
      done(files, folders);
    });
  }

  /** @param {any} body @param {(job: any) => void} done */
  function run(body, done) {
    var bar = document.createElement("progress"), what = ui.make("p", "正在" + button.label + "……", "quiet"), isStopping = false, missed = 0;
    bar.setAttribute("aria-label", button.label + "进度");
    ui.content([bar, what]);
    ui.foot([]);
    /** @param {any} job */
    function follow(job) {
      if (job.state !== "queued" && job.state !== "running") { done(job); return; }
      if (job.progress && job.progress.total) { bar.max = job.progress.total; bar.value = job.progress.done; }
      if (!isStopping) {
        what.textContent = job.progress ? job.progress.what : job.state === "queued" ? "前面还有别的操作，正在排队……" : what.textContent;
        if (!ui.part("foot").firstChild) { ui.foot([["停下", function () {
          isStopping = true;
          what.textContent = "正在停下……";
          PlanbookClient.post("/api/jobs/" + job.job + "/cancel", {}, function () {});
        }]]); }
      }
      setTimeout(function () {
        PlanbookClient.get("/api/jobs/" + job.job + "?wait=0.5", function (trouble, next) {
          if (!trouble) { missed = 0; follow(next); }
          // The job goes on without us, and a service that was killed is back in seconds: asked after for a while.
          else if (trouble.code !== "version" && missed < MOST_MISSED) { missed += 1; follow(job); }
          else { lost(trouble); }
        });
      }, 200);
    }
    PlanbookClient.post("/api/actions/" + button.action + "?wait=0.3&workspace=" + workspace.id, body, function (trouble, job) {
      if (trouble) { lost(trouble); } else { follow(job); }
    });
  }

  /** @param {{code: string, message: string}} trouble */
  function lost(trouble) {
    var notes = PlanbookBooks.restore(released);
    released = [];
    fail({ code: trouble.code, message: [trouble.message].concat(notes).join(" ") });
  }

  /** @param {any} job @param {string[]} notes */
  function finish(job, notes) {
    notes = notes.concat(PlanbookBooks.restore(released));
    released = [];
    if (job.error) { fail({ code: "refused", message: [job.error].concat(notes).join(" ") }); return; }
    notes = notes.concat(openResult(job));
    var parts = ui.result(job), i;
    for (i = 0; i < notes.length; i++) { parts.unshift(ui.make("p", notes[i], "warning")); }
    parts.unshift(ui.make("h2", job.needs_person ? "完成，有问题要您看一下" : "完成", job.needs_person ? "warning" : "good"));
    ui.content(parts);
    ui.foot([["关闭", leave, "primary"]]);
  }

  /** Open what the clerk wants to see: tables here, all else with the desk's own programs. @param {any} job @returns {string[]} */
  function openResult(job) {
    var path = job.opens[0];
    if (!path) { return []; }
    try {
      if (button.action === "source" && job.json.path) {
        PlanbookHost.open(job.json.path, true);
        if (job.json.sheet && job.json.cell) { PlanbookHost.show({ sheet: job.json.sheet, address: job.json.cell }); }
      } else if (/\.xlsx$/i.test(path)) {
        if (!isOpen(path)) { PlanbookHost.open(path, false); }
      } else { PlanbookClient.post("/api/open?workspace=" + workspace.id, { path: path }, function () {}); }
    } catch (e) { return ["结果在 " + path + "，没能自动打开（" + e.message + "）。"]; }
    return [];
  }

  /** @param {string} path */
  function isOpen(path) {
    var books = PlanbookHost.openBooks(), i;
    for (i = 0; i < books.length; i++) { if (PlanbookBooks.plain(books[i].fullName) === PlanbookBooks.plain(path)) { return true; } }
    return false;
  }

  ui.part("title").textContent = button.label;
  document.title = button.label;
  window.onkeydown = function (event) { if (event.keyCode === 27 && !ui.part("content").getElementsByTagName("progress").length) { leave(); } };
  start();
}());
