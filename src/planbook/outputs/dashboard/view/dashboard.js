"use strict";
// The whole board: puts the panels together from one JSON value. PlanbookDashboard.show(element, value) is all there is
// to call; show it again with a new value and it is drawn anew.

(function (board) {
  const { make, tone, table, longTable, percent, lightBar, Charts, groupChart, trendChart, TaskDialog, TaskPanel } = board;

  const MOST_LINES = 15;
  const shown = new WeakMap();

  /** Draw the board of `value` into `root`, which may hold an older one. */
  function show(root, value) {
    root.classList.add("planbook");
    root.dataset.theme = root.dataset.theme || preferred();
    if (shown.has(root)) shown.get(root).dispose();
    const charts = new Charts(root);
    shown.set(root, charts);
    const dialog = new TaskDialog(root, value);
    const tasks = new TaskPanel(value, (task) => dialog.show(task));
    root.replaceChildren(
      make("a", "pb-skip", { href: "#pb-tasks", click: (event) => { event.preventDefault(); tasks.element.focus(); } }, "跳到任务"),
      head(root, value, charts),
      make("main", "", {}, cards(value, tasks), panels(value, charts), ranking(value), tasks.element, ...lists(value)),
      dialog.dialog
    );
    charts.draw();
    onPaper(root, charts);
  }

  function preferred() {
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  /** Paper is white: charts are drawn in light colours for printing and back in the chosen ones afterwards. */
  function onPaper(root, charts) {
    let chosen = root.dataset.theme;
    const turn = (theme) => { root.dataset.theme = theme; charts.draw(); };
    if (board.leavePaper) board.leavePaper();
    const before = () => { chosen = root.dataset.theme; turn("light"); };
    const after = () => turn(chosen);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    board.leavePaper = () => { removeEventListener("beforeprint", before); removeEventListener("afterprint", after); };
  }

  function head(root, value, charts) {
    const flip = () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      theme.textContent = root.dataset.theme === "dark" ? "浅色" : "深色";
      charts.draw();
    };
    const theme = make("button", "", { type: "button", click: flip }, root.dataset.theme === "dark" ? "浅色" : "深色");
    const facts = [value.office, value.scope, `数据截至 ${value.cut_off}`, `生成于 ${value.made_at}`, value.is_public ? "公开版" : ""];
    return make("header", "pb-head", {},
      make("div", "", {}, make("h1", "", {}, `${value.period.label}重点任务看板`),
        make("p", "pb-facts", {}, facts.filter(Boolean).join("　"))),
      make("div", "pb-tools", {}, theme, make("button", "", { type: "button", click: () => window.print() }, "打印")));
  }

  function cards(value, tasks) {
    const share = value.issued ? `报送率 ${Math.round((value.returned * 1000) / value.issued) / 10}%` : "";
    const card = (label, count, note, look) =>
      make("div", "pb-card " + (look || ""), {}, make("span", "pb-card-label", {}, label),
        make("span", "pb-card-count", {}, count), make("span", "pb-card-note", {}, note));
    const buttons = value.lights.map((one) =>
      make("button", "pb-card " + tone(one.light), {
        type: "button", "aria-pressed": "false", "data-light": one.light,
        click: (event) => tasks.choose(event.currentTarget.getAttribute("aria-pressed") === "true" ? "" : one.light),
      }, make("span", "pb-card-label", {}, one.label), make("span", "pb-card-count", {}, one.count),
      make("span", "pb-card-note", {}, against(one.count, one.before))));
    tasks.chosen = (light) => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.light === light));
    };
    return make("section", "pb-cards", { "aria-label": "总体情况" },
      card("任务", value.tasks.length, `方案 ${value.plans.length} 个`),
      ...buttons,
      card("已报单位", `${value.returned}/${value.issued}`, share),
      value.closed ? card("已销号", value.closed, "") : null);
  }

  function against(count, before) {
    if (before === null) return "";
    if (count === before) return "与上期持平";
    return count > before ? `比上期多 ${count - before}` : `比上期少 ${before - count}`;
  }

  function panel(title, ...content) {
    return make("section", "pb-panel", { "aria-label": title }, make("header", "", {}, make("h2", "", {}, title)), content);
  }

  function panels(value, charts) {
    return make("div", "pb-panels", {},
      panel(`各${value.groups_by}亮灯`, value.groups.length ? groupChart(charts, value) : make("p", "pb-empty", {}, "还没有任务。")),
      panel("各期走势", value.history.length ? trendChart(charts, value) : make("p", "pb-empty", {}, "还没有下发过。"),
        value.history.length === 1 ? make("p", "pb-note", {}, "只有一期，下一期起可以看走势。") : null));
  }

  function ranking(value) {
    if (!value.categories.length) return null;
    const place = make("div", "", { role: "tabpanel", id: "pb-ranking", tabindex: "0" });
    const choose = (number, isByKey) => {
      tabs.forEach((tab, at) => {
        tab.setAttribute("aria-selected", String(at === number));
        tab.tabIndex = at === number ? 0 : -1;
      });
      place.setAttribute("aria-labelledby", tabs[number].id);
      place.replaceChildren(rankTable(value, value.categories[number]));
      if (isByKey) tabs[number].focus();
    };
    const step = (event, number) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by) choose((number + by + tabs.length) % tabs.length, true);
    };
    const tabs = value.categories.map((category, number) =>
      make("button", "", {
        type: "button", role: "tab", id: `pb-category-${number}`, "aria-controls": "pb-ranking",
        click: () => choose(number, false), keydown: (event) => step(event, number),
      }, `${category.title}（${category.agencies.length}）`));
    const section = make("section", "pb-panel", { "aria-label": "单位排名" },
      make("header", "", {}, make("h2", "", {}, "单位排名"), make("div", "pb-tabs", { role: "tablist", "aria-label": "单位类别" }, tabs)), place);
    choose(0, false);
    return section;
  }

  function grounds(one) {
    if (!one.grounds.length) return "—";
    return make("details", "", {}, make("summary", "", {}, "怎样得分"), make("p", "pb-block", {}, one.grounds.join("\n")));
  }

  function rankTable(value, category) {
    const isScored = category.agencies.some((one) => one.score !== null);
    const columns = [
      { header: "名次", look: "pb-number", cell: (one) => one.rank ?? "—" },
      { header: "单位", cell: (one) => one.agency },
      { header: "牵头任务", look: "pb-number", cell: (one) => one.lead_tasks },
      { header: "平均进度", look: "pb-number", cell: (one) => percent(one.percent) },
      { header: "牵头任务亮灯", cell: (one) => lightBar(value, one.lights) },
      { header: "得分", look: "pb-number", cell: (one) => one.score ?? "—" },
      { header: "得分说明", cell: grounds },
    ];
    return table(`${category.title}单位排名`, isScored ? columns : columns.slice(0, -2), category.agencies);
  }

  function lists(value) {
    return [
      panel(`未报单位（${value.missing.length}）`, value.missing.length ? longTable("未报单位", [
        { header: "单位", cell: (one) => one.agency },
        { header: "应报任务", look: "pb-number", cell: (one) => one.tasks },
        { header: "其中牵头", look: "pb-number", cell: (one) => one.lead_tasks },
        { header: "报送截止日", look: "pb-short", cell: (one) => one.due_on || "—" },
        { header: "逾期", look: "pb-number", cell: (one) => (one.days_late > 0 ? `${one.days_late} 天` : "—") },
        value.is_public ? null : { header: "联系人", cell: (one) => one.contact || "—" },
      ].filter(Boolean), value.missing, MOST_LINES) : make("p", "pb-empty", {}, "应报单位都已报送。")),
      value.indicators.length ? panel(`指标（${value.indicators.length}）`, longTable("指标", [
        { header: "指标", cell: (one) => one.name },
        { header: "目标", look: "pb-short", cell: (one) => `${one.target}${one.unit}` },
        { header: "时间", look: "pb-short", cell: (one) => one.by || "—" },
        { header: "本期", cell: (one) => one.now || "—" },
        { header: "是否达标", look: "pb-short", cell: (one) => one.attainment },
        { header: "来源方案", cell: (one) => one.plan },
      ], value.indicators, MOST_LINES)) : null,
      value.doubts.length ? panel(`疑点（${value.doubts.length}）`, longTable("疑点", [
        { header: "类别", look: "pb-short", cell: (one) => one.kind },
        { header: "对象", cell: (one) => one.title },
        { header: "单位", cell: (one) => one.agencies.join("、") },
        { header: "说明", cell: (one) => one.text },
      ], value.doubts, MOST_LINES)) : null,
    ].filter(Boolean);
  }

  board.show = show;
})(window.PlanbookDashboard);
