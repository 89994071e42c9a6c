"use strict";
// The list of tasks with its filters, page by page.

(function (board) {
  const { make, lamp, table, percent } = board;
  const PAGE = 50;

  /** The panel of tasks; `choose(light)` narrows it to a light, `open(task)` is called for the one that is wanted. */
  class TaskPanel {
    constructor(value, open) {
      this.value = value;
      this.open = open;
      this.page = 0;
      this.inputs = {
        words: make("input", "", { type: "search", placeholder: "名称、编号、单位", input: () => this.turn(0) }),
        light: this.select(value.lights.map((one) => [one.light, one.label])),
        plan: this.select([...new Set(value.tasks.map((task) => task.plan))].map((plan) => [plan, plan])),
        agency: this.select([...new Set(value.tasks.flatMap((task) => [...task.leads, ...task.supports]))].sort((one, other) =>
          one.localeCompare(other, "zh")).map((agency) => [agency, agency])),
      };
      this.result = make("div");
      this.count = make("p", "pb-note", { role: "status" });
      this.element = make("section", "pb-panel pb-tasks", { id: "pb-tasks", tabindex: "-1", "aria-labelledby": "pb-tasks-title" },
        make("header", "", {}, make("h2", "", { id: "pb-tasks-title" }, "任务"), this.count),
        make("div", "pb-filters", { role: "search" },
          make("label", "", {}, "查找", this.inputs.words), make("label", "", {}, "亮灯", this.inputs.light),
          make("label", "", {}, "方案", this.inputs.plan), make("label", "", {}, "单位", this.inputs.agency)),
        this.result);
      this.turn(0);
    }

    select(options) {
      const list = [["", "全部"], ...options].map(([value, label]) => make("option", "", { value }, label));
      return make("select", "", { change: () => this.turn(0) }, list);
    }

    choose(light) {
      this.inputs.light.value = light;
      this.turn(0);
    }

    found() {
      const words = this.inputs.words.value.trim().toLowerCase();
      const { light, plan, agency } = this.inputs;
      return this.value.tasks.filter((task) =>
        (!light.value || task.light === light.value) &&
        (!plan.value || task.plan === plan.value) &&
        (!agency.value || task.leads.includes(agency.value) || task.supports.includes(agency.value)) &&
        (!words || [task.title, task.code, ...task.leads, ...task.supports].some((text) => text.toLowerCase().includes(words)))
      );
    }

    turn(page) {
      const found = this.found();
      const pages = Math.max(1, Math.ceil(found.length / PAGE));
      this.page = Math.min(Math.max(page, 0), pages - 1);
      this.count.textContent = `${found.length} 项`;
      const shown = found.slice(this.page * PAGE, (this.page + 1) * PAGE);
      this.result.replaceChildren(
        shown.length ? table("任务", this.columns(), shown) : make("p", "pb-empty", {}, "没有这样的任务。"),
        pages > 1 ? this.pages(pages) : ""
      );
      if (this.chosen) this.chosen(this.inputs.light.value);
    }

    pages(pages) {
      const button = (words, page, isOff) =>
        make("button", "", { type: "button", disabled: isOff, click: () => { this.turn(page); this.element.focus(); } }, words);
      return make("nav", "pb-pages", { "aria-label": "翻页" },
        button("上一页", this.page - 1, this.page === 0), `第 ${this.page + 1} 页，共 ${pages} 页`,
        button("下一页", this.page + 1, this.page === pages - 1));
    }

    columns() {
      const opener = (task) => make("button", "pb-open", { type: "button", click: () => this.open(task) }, task.title);
      return [
        { header: "亮灯", look: "pb-short", cell: (task) => lamp(this.value, task.light) },
        { header: "编号", look: "pb-short", cell: (task) => task.code },
        { header: "任务", cell: opener },
        { header: "牵头单位", cell: (task) => task.leads.join("、") || "未明确" },
        { header: "进度", look: "pb-number", cell: (task) => percent(task.percent) },
        { header: "完成时限", look: "pb-short", cell: (task) => task.deadline || "—" },
        { header: "依据", cell: (task) => task.ground },
      ];
    }
  }

  Object.assign(board, { TaskPanel });
})(window.PlanbookDashboard);
