// The same buttons as in Excel and WPS; each asks for what it must know and shows outward acts before they happen.

import { chosen, get, send } from "./api.js";
import { dialog, field, make, moment, notice, table } from "./dom.js";
import { run, runPreviewed, showJob } from "./jobs.js";

const NOT_HERE = ["source", "history", "close", "extend", "return", "settings"];

export async function showActions(root, overview) {
  const [buttons, jobs] = await Promise.all([get("actions"), get("jobs", { count: 20 })]);
  const groups = new Map();
  for (const button of buttons.filter((one) => one.is_there && !NOT_HERE.includes(one.action))) {
    groups.set(button.group, [...(groups.get(button.group) || []), button]);
  }
  root.append(make("h1", {}, "操作"), make("p", { class: "next" }, make("strong", {}, "下一步："), overview.next_step));
  for (const [name, members] of groups) {
    root.append(make("section", { class: "panel" }, make("h2", {}, name), members.map((button) => actionRow(button))));
  }
  const mine = jobs.filter((job) => job.workspace === overview.root);
  root.append(table("最近做过的", [
    ["时间", (job) => moment(job.created_at)], ["操作", (job) => job.title],
    ["结果", (job) => job.error || job.lines.join(" ") || job.state],
    ["", (job) => make("button", { type: "button", "aria-label": `${job.title}的详情`, click: () => showJob(job) }, "详情")],
  ], mine));
}

function actionRow(button) {
  const said = make("div", {});
  let isAtWork = false; // a second press would do it all a second time
  return make("div", { class: "action" },
    make("button", { type: "button", class: "primary", click: async () => {
      if (isAtWork) return;
      isAtWork = true;
      said.replaceChildren();
      try {
        await act(button);
      } catch (error) {
        said.replaceChildren(notice("error", error.message));
      } finally {
        isAtWork = false;
      }
    } }, button.label),
    make("p", { class: "help" }, button.tip), said);
}

async function act(button) {
  const body = {};
  if (button.asks.includes("files")) {
    const files = await askFiles(button);
    if (!files) return;
    body.files = files;
  }
  if (button.fields.includes("period")) {
    const period = await askPeriod(button);
    if (!period) return;
    body.period = period;
  }
  if (button.asks.includes("dry_run") && button.fields.includes("dry_run")) await runPreviewed(button.action, button.label, body);
  else await run(button.action, body);
  if (body.period) document.dispatchEvent(new CustomEvent("planbook-period", { detail: body.period }));
}

async function askPeriod(button) {
  const input = make("input", { type: "text", value: chosen.period, placeholder: "2024Q1", autocomplete: "off" });
  const go = await dialog(button.label, field("填报期", input, "写作 2024Q1（季度）、2024-03（月）、2024H1（半年）或 2024（年）"), [["继续", "go", "primary"], ["取消", ""]]);
  return go === "go" ? input.value.trim() : "";
}

async function askFiles(button) {
  const input = make("input", { type: "file", multiple: true });
  const go = await dialog(button.label, field("方案文件", input, "Word、PDF、网页、文本、表格、OFD"), [["导入", "go", "primary"], ["取消", ""]]);
  if (go !== "go" || !input.files.length) return null;
  const paths = [];
  for (const file of input.files) paths.push((await send("uploads", file, { name: file.name })).path);
  return paths;
}
