// A task from the plan's sentence to each report, and each report down to the cell that it was typed into.

import { chosen, get } from "./api.js";
import { dialog, field, make, moment, notice, table } from "./dom.js";
import { run } from "./jobs.js";

const LIGHTS = { red: "红", yellow: "黄", blue: "蓝", green: "绿", grey: "灰", white: "白" };

export async function showTask(root, overview, rest) {
  if (rest[0]) return showOne(root, rest[0]);
  root.append(make("h1", {}, "任务"));
  if (!overview.periods.length) {
    root.append(make("p", {}, "下发责任清单以后，这里能查每项任务的来龙去脉。"));
    return undefined;
  }
  const board = await get("views/board", { period: chosen.period });
  const search = make("input", { type: "search", placeholder: "编号、名称或单位", autocomplete: "off" });
  const holder = make("div", {});
  const draw = () => {
    const wanted = search.value.trim();
    const found = board.tasks.filter((one) => !wanted || JSON.stringify([one.code, one.title, one.leads, one.parts]).includes(wanted));
    holder.replaceChildren(table(`任务（${found.length}）`, [
      ["编号", (one) => make("a", { href: `#/task/${encodeURIComponent(one.code)}` }, one.code), "code"],
      ["任务", (one) => one.title, "name"],
      ["亮灯", (one) => make("span", { class: `mark light-${one.light}` }, LIGHTS[one.light] || one.light)],
    ], found.slice(0, 500)));
  };
  search.addEventListener("input", draw);
  draw();
  root.append(field("查找", search), holder);
  return undefined;
}

async function showOne(root, code) {
  const task = await get("views/task", { code });
  const facts = [["方案", task.plan], ["章节", task.section], ["牵头", task.leads.join("、")], ["配合", task.supporting.join("、")],
    ["完成时限", task.deadline], ["原文位置", task.source]].filter(([, value]) => value);
  root.append(...[
    make("p", {}, make("a", { href: "#/task" }, "‹ 全部任务")),
    make("h1", {}, task.title), make("p", { class: "help" }, task.code),
    make("dl", { class: "facts" }, facts.map(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]).flat()),
    task.body ? make("p", {}, task.body) : null,
    task.excerpt ? make("blockquote", {}, task.excerpt) : null,
    decide(task),
    history("进展（每一条都能看到原表）", task.reports),
    task.values.length ? history("指标", task.values) : null,
    task.decisions.length ? table("本单位的决定", [["日期", (one) => one.decided_on], ["决定", (one) => one.kind], ["理由", (one) => one.reason],
      ["经办", (one) => one.who]], task.decisions) : null,
  ].filter(Boolean));
}

function history(caption, reports) {
  return table(`${caption}（${reports.length}）`, [
    ["填报期", (one) => one.period_label],
    ["单位", (one) => `${one.agency}${one.role ? `（${one.role}）` : ""}`],
    ["状态", (one) => [one.status, one.percent && `${one.percent}%`].filter(Boolean).join(" ")],
    ["内容", (one) => [one.text, one.problems && `问题：${one.problems}`, one.next_steps && `下一步：${one.next_steps}`].filter(Boolean).join(" ")],
    ["来源", (one) => make("button", { type: "button", class: "link", click: () => showCells(one) }, `${one.sheet} 第 ${one.row} 行`)],
    ["收到", (one) => moment(one.received_at)],
  ], reports);
}

async function showCells(report) {
  let content;
  try {
    const found = await get("views/cells", { sha256: report.sha256, sheet: report.sheet, row: report.row });
    const columns = [["行", (row) => String(row.row), "figure"], ...found.columns.map((letter, place) => [letter, (row) => row.cells[place] || ""])];
    content = [
      make("p", {}, `${found.file_name}　“${found.sheet}”第 ${found.row} 行，存档原样：`),
      found.rows.length ? table("存档的原表", columns, found.rows, (row) => ({ class: row.is_wanted ? "wanted" : row.is_header ? "heading" : null, "aria-current": row.is_wanted ? "true" : null }))
        : notice("error", "存档里没有这张表。"),
    ];
  } catch (error) {
    content = [notice("error", error.message)];
  }
  const closed = dialog("这一条从哪里来", make("div", { class: "sheet" }, content), [["关闭", ""]]);
  const wanted = document.querySelector("dialog tr.wanted");
  if (wanted) wanted.scrollIntoView({ block: "center" });
  await closed;
}

function decide(task) {
  const reason = make("input", { type: "text", maxlength: "500", autocomplete: "off" });
  const day = make("input", { type: "date" });
  const said = make("div", {});
  const act = async (action, label, more) => {
    if (!reason.value.trim()) {
      said.replaceChildren(notice("error", "请写明理由，决定要记入台账。"));
      reason.focus();
      return;
    }
    const sure = await dialog(`${label}：${task.title}`, make("p", {}, `理由：${reason.value}${more.to ? `；延到 ${more.to}` : ""}`), [["确认", "go", "primary"], ["取消", ""]]);
    if (sure !== "go") return;
    const job = await run(action, { tasks: [task.code], reason: reason.value.trim(), ...more }).catch((error) => ({ error: error.message }));
    if (job.error) said.replaceChildren(notice("error", job.error));
  };
  return make("details", { class: "panel" }, make("summary", {}, "对这项任务作决定：销号、延期、退回"),
    make("div", { class: "row" }, field("理由", reason), field("延期到", day)),
    make("p", { class: "buttons" },
      make("button", { type: "button", click: () => act("close", "销号", {}) }, "销号"),
      make("button", { type: "button", click: () => (day.value ? act("extend", "延期", { to: day.value }) : said.replaceChildren(notice("error", "请选延到哪一天。"))) }, "延期"),
      make("button", { type: "button", click: () => act("return", "退回", {}) }, "退回")),
    said);
}
