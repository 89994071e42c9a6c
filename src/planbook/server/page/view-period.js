// How the period stands: who was issued, sent, has returned, must correct, is silent; and what comes next.

import { chosen, get } from "./api.js";
import { make, moment, table } from "./dom.js";
import { run } from "./jobs.js";

const STATES = { silent: "未报送", to_correct: "待退改", returned: "已报送" };

export async function showPeriod(root, overview, rest) {
  root.append(make("h1", {}, chosen.period ? `${label(overview)}报送情况` : "还没有下发过责任清单"),
    make("p", { class: "next" }, make("strong", {}, "下一步："), overview.next_step));
  if (!chosen.period) {
    root.append(plans(overview), make("p", {}, make("a", { href: "#/actions", class: "button primary" }, "去操作")));
    return;
  }
  const state = await get("views/period", { period: chosen.period });
  const filter = rest[0] || "all";
  const tiles = [["all", "已下发", state.issued], ["sent", "已分发", state.sent], ["returned", "已报送", state.returned],
    ["to_correct", "待退改", state.to_correct], ["silent", "未报送", state.silent]];
  root.append(
    make("ul", { class: "tiles" }, tiles.map(([key, name, count]) =>
      make("li", {}, make("a", { href: `#/period/${key}`, "aria-current": key === filter ? "true" : null, class: `tile ${key}` },
        make("span", { class: "number" }, String(count)), make("span", {}, name))))),
    make("p", {}, state.due_on ? `报送截止 ${state.due_on}${state.is_overdue ? "，已过" : ""}。` : "",
      state.unclaimed ? make("a", { href: "#/inbox" }, `有 ${state.unclaimed} 个文件待认领，请去收件。`) : "",
      state.waiting.length ? ` 收件夹里有 ${state.waiting.length} 个文件还没有汇总。` : ""),
    make("p", { class: "buttons" },
      make("button", { type: "button", class: "primary", click: () => run("consolidate", { period: chosen.period }) }, "一键汇总"),
      make("a", { class: "button", href: "#/inbox" }, "放入回表"), make("a", { class: "button", href: "#/actions" }, "其他操作")));
  const shown = state.agencies.filter((one) => filter === "all" || (filter === "sent" ? one.is_sent
    : filter === "returned" ? one.state !== "silent" : one.state === filter));
  const columns = [
    ["单位", (one) => make("strong", {}, one.agency), "name"],
    ["任务", (one) => String(one.tasks), "figure"],
    ["指标", (one) => String(one.indicators), "figure"],
    ["分发", (one) => one.sent || "未分发"],
    ["报送", (one) => make("span", { class: `mark ${one.state}` }, STATES[one.state])],
    ["收到", (one) => one.received_at ? `${moment(one.received_at)}${one.versions > 1 ? `（第 ${one.versions} 版）` : ""}` : ""],
    ["问题", (one) => one.sha256 && one.errors + one.warnings
      ? make("a", { href: `#/inbox/${one.sha256}` }, `错 ${one.errors}，疑 ${one.warnings}`) : ""],
    ["联系人", (one) => [one.contact, one.phone].filter(Boolean).join(" ")],
  ];
  root.append(table(`各单位（${shown.length}）`, columns, shown));
}

function plans(overview) {
  if (!overview.plans.length) return make("p", {}, "还没有导入行动计划。");
  return table("已导入的方案", [["编号", (one) => one.code], ["方案", (one) => one.title], ["任务", (one) => String(one.tasks), "figure"],
    ["已确认", (one) => String(one.confirmed), "figure"]], overview.plans);
}

function label(overview) {
  const found = overview.periods.find((one) => one.period === chosen.period);
  return found ? found.label : chosen.period;
}
