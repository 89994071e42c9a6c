"use strict";
// One task opened up: what it is, how each agency stands, and what happened to it from period to period.

(function (board) {
  const { make, lamp, tone, table, percent, lineChart, Charts } = board;

  /** Shows tasks in one dialog of `root`. */
  class TaskDialog {
    constructor(root, value) {
      this.value = value;
      this.root = root;
      this.title = make("h2", "", { id: "pb-task-title" });
      this.content = make("div");
      const close = make("button", "", { type: "button", click: () => this.dialog.close() }, "关闭");
      this.dialog = make("dialog", "pb-dialog", { "aria-labelledby": "pb-task-title" },
        make("header", "", {}, this.title, close), this.content);
      this.charts = null;
      // The event comes late: by then the next task may stand in the dialog.
      this.dialog.addEventListener("close", () => { if (!this.dialog.open) this.clear(); });
      root.append(this.dialog);
    }

    show(task) {
      this.clear();
      this.charts = new Charts(this.root);
      this.title.textContent = task.title;
      this.content.replaceChildren(...sections(this.value, task, this.charts));
      this.dialog.showModal();
      this.dialog.scrollTop = 0;
      this.charts.draw();
    }

    clear() {
      if (this.charts) this.charts.dispose();
      this.charts = null;
      this.content.replaceChildren();
    }
  }

  function sections(value, task, charts) {
    return [
      facts(value, task),
      task.body ? make("h3", "", {}, "任务内容") : null,
      task.body ? make("p", "pb-block", {}, task.body) : null,
      make("h3", "", {}, `${value.period.label}各单位进展`),
      task.parts.length ? parts(value, task.parts) : make("p", "pb-empty", {}, "没有责任单位。"),
      ...indicators(value, task, charts),
      ...history(value, task, charts),
      ...decisions(task),
    ].filter(Boolean);
  }

  function pairs(list) {
    const shown = list.filter(([, content]) => content !== null && content !== undefined && content !== "");
    return make("dl", "pb-pairs", {}, shown.flatMap(([name, content]) => [make("dt", "", {}, name), make("dd", "", {}, content)]));
  }

  function facts(value, task) {
    const days = task.days_left;
    const left = days === null ? "" : days === 0 ? "（当天到期）" : days < 0 ? `（已超 ${-days} 天）` : `（还有 ${days} 天）`;
    return pairs([
      ["任务编号", task.code],
      ["亮灯", lamp(value, task.light)],
      ["依据", task.ground],
      ["办理状态", task.state],
      ["完成进度", task.percent === null ? "" : percent(task.percent)],
      ["来源方案", task.plan],
      ["所属章节", task.path.join(" / ")],
      ["牵头单位", task.leads.join("、") || "未明确"],
      ["配合单位", task.supports.join("、")],
      ["完成时限", task.deadline ? `${task.deadline}${left}` : "没有规定"],
      ["原定时限", task.original_deadline !== task.deadline ? task.original_deadline : ""],
    ]);
  }

  function parts(value, rows) {
    const columns = [
      { header: "单位", cell: (part) => part.agency },
      { header: "角色", look: "pb-short", cell: (part) => part.role },
      { header: "状态", look: "pb-short", cell: (part) => part.status },
      { header: "进度", look: "pb-number", cell: (part) => percent(part.percent) },
      { header: "进展", cell: (part) => make("span", "pb-block", {}, said(part)) },
    ];
    return table("各单位进展", columns, rows);
  }

  function said(part) {
    const lines = [part.progress, part.problems && `存在问题：${part.problems}`, part.next_steps && `下一步：${part.next_steps}`,
      part.expected && `预计完成：${part.expected}`, part.extension_to && `申请延期至：${part.extension_to}`,
      part.source && `出处：${part.source}`];
    return lines.filter(Boolean).join("\n") || "—";
  }

  function indicators(value, task, charts) {
    return value.indicators.filter((one) => one.task === task.code).flatMap((one) => [
      make("h3", "", {}, `指标：${one.name}`),
      pairs([["目标", `${one.target}${one.unit}${one.by ? `（${one.by}）` : ""}`], ["是否达标", one.attainment], ["预测", one.ground]]),
      one.points.length > 1 ? lineChart(charts, `${one.name}各期完成值`, one.points, one.unit, one.target_number) : null,
    ]);
  }

  function history(value, task, charts) {
    if (!task.history.length) return [];
    const points = task.history.filter((one) => one.percent !== null).map((one) => ({ label: one.label, number: one.percent }));
    const items = [...task.history].reverse().map((one) =>
      make("li", tone(one.light), {}, make("strong", "", {}, one.label), " ", lamp(value, one.light), ` ${percent(one.percent)}`,
        make("p", "pb-note", {}, one.ground),
        one.reports.map((report) => make("p", "pb-block", {}, `${report.agency}：${report.status}${report.progress ? `，${report.progress}` : ""}`)))
    );
    return [
      make("h3", "", {}, "历次进展"),
      points.length > 1 ? lineChart(charts, `${task.title}各期进度`, points, "进度（%）", null) : null,
      make("ul", "pb-history", {}, items),
    ];
  }

  function decisions(task) {
    if (!task.decisions.length) return [];
    const items = task.decisions.map((one) =>
      make("li", "", {}, make("strong", "", {}, `${one.on} ${one.kind}`), make("p", "pb-block", {}, one.text)));
    return [make("h3", "", {}, "督办决定"), make("ul", "pb-history", {}, items)];
  }

  Object.assign(board, { TaskDialog });
})(window.PlanbookDashboard);
