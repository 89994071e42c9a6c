// The callbacks that ribbon.xml names: none is async, none throws. A click is noted with all that WPS knows of it, and
// carried out by a dialog of its own, so that the ribbon is free at once.

/** @param {string} relative */
function planbookUrl(relative) {
  var here = document.location.toString().split(/[?#]/)[0];
  return here.substring(0, here.lastIndexOf("/") + 1) + relative;
}

/** @param {any} ribbonUI */
function OnAddinLoad(ribbonUI) { return true; }

/** @param {{Id: string}} control */
function GetImage(control) { return "images/" + PLANBOOK_BUTTONS[control.Id].icon + ".svg"; }

/** @param {{Id: string}} control */
function OnAction(control) {
  try { planbookPress(control.Id); } catch (e) { alert("责任台账：这一步没有做成（" + e.message + "）。请保存工作簿后再点一次。"); }
  return true;
}

/** @param {string} id */
function planbookPress(id) {
  var button = PLANBOOK_BUTTONS[id], tasks = null;
  if (button.asks.indexOf("tasks") >= 0) {
    tasks = PlanbookHost.selectedTasks();
    if (!tasks.codes.length) { alert("请先打开总台账，选中任务所在的行（有“任务编号”栏的表），再点“" + button.label + "”。"); return; }
  }
  var click = { button: id, book: PlanbookHost.activeBook(), place: PlanbookHost.place(), tasks: tasks, at: new Date().getTime() };
  PlanbookHost.keep("planbook_click", JSON.stringify(click));
  if (button.view) {
    PlanbookHost.keep("planbook_view", button.view.replace("{task}", tasks ? encodeURIComponent(tasks.codes[0]) : ""));
    PlanbookHost.showPane(planbookUrl("ui/panel.html"), "责任台账");
  } else {
    PlanbookHost.showDialog(planbookUrl("ui/work.html"), button.label);
  }
}
