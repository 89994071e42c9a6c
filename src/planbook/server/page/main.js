// The page: which workspace, which period, which view; everything else stands with the view that shows it.

import { chosen, get, takeToken } from "./api.js";
import { make, notice } from "./dom.js";
import { showActions } from "./view-actions.js";
import { showBoard } from "./view-board.js";
import { showInbox } from "./view-inbox.js";
import { showPeriod } from "./view-period.js";
import { showSettings } from "./view-settings.js";
import { showStart } from "./view-start.js";
import { showTask } from "./view-task.js";

const TABS = [
  ["period", "本期", showPeriod],
  ["inbox", "收件", showInbox],
  ["board", "看板", showBoard],
  ["task", "任务", showTask],
  ["actions", "操作", showActions],
  ["settings", "设置", showSettings],
  ["start", "工作区", showStart],
];

const view = document.getElementById("view");
let turn = 0;

function place() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const tab = TABS.find(([key]) => key === name) || TABS[0];
  return { tab, rest };
}

async function draw({ keepFocus = false } = {}) {
  const mine = ++turn;
  view.setAttribute("aria-busy", "true");
  const { tab, rest } = place();
  const overview = await choices().catch((error) => error);
  if (mine !== turn) return;
  markTab(tab[0]);
  const root = make("main", { class: `view-${tab[0]}` });
  try {
    if (overview instanceof Error && tab[0] !== "start") {
      if (overview.code !== "no_workspace") throw overview;
      await showStart(root, null, []);
    } else {
      await tab[2](root, overview, rest);
    }
  } catch (error) {
    root.append(notice("error", error.code === "token" ? "本页已经过期（服务重新启动过）。请从开始菜单打开“责任台账”，或运行 planbook serve --open。" : error.message));
  }
  if (mine !== turn) return;
  view.replaceChildren(root.dataset.bare ? root.firstElementChild : root);
  if (root.dataset.bare) document.dispatchEvent(new CustomEvent("planbook-board", { detail: view.firstElementChild }));
  view.removeAttribute("aria-busy");
  document.title = `${tab[1]} · 责任台账`;
  if (!keepFocus) {
    view.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** Fill the two lists at the top and return the workspace at a glance. */
async function choices() {
  const known = await get("workspaces");
  const list = document.getElementById("workspace");
  if (!known.some((one) => one.id === chosen.workspace)) chosen.workspace = known.length ? known[0].id : "";
  list.replaceChildren(...known.map((one) => make("option", { value: one.id, selected: one.id === chosen.workspace, title: one.root }, one.name)));
  list.disabled = known.length === 0;
  const overview = await get("views/overview");
  const periods = overview.periods.map((one) => one.period);
  if (!periods.includes(chosen.period)) chosen.period = periods[0] || "";
  const select = document.getElementById("period");
  select.replaceChildren(...overview.periods.map((one) => make("option", { value: one.period, selected: one.period === chosen.period }, one.label)));
  select.disabled = periods.length === 0;
  document.getElementById("office").textContent = overview.office;
  return overview;
}

function markTab(name) {
  document.getElementById("tabs").replaceChildren(...TABS.map(([key, label]) =>
    make("li", {}, make("a", { href: `#/${key}`, "aria-current": key === name ? "page" : null }, label))));
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  document.getElementById("theme").textContent = name === "dark" ? "浅色" : "深色";
}

theme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
document.getElementById("theme").addEventListener("click", () => {
  theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  if (place().tab[0] === "board") draw();
});
document.getElementById("workspace").addEventListener("change", (event) => { chosen.workspace = event.target.value; chosen.period = ""; draw(); });
document.getElementById("period").addEventListener("change", (event) => { chosen.period = event.target.value; draw(); });
// A view that is redrawn under an open dialog or a half-filled field would take away what the clerk is at.
let isStale = false;
const isAtWork = () => document.querySelector("dialog[open]") || view.querySelector("input:focus, select:focus, textarea:focus");
const refresh = () => {
  isStale = Boolean(isAtWork());
  if (!isStale) draw({ keepFocus: true });
};
document.addEventListener("planbook-changed", refresh);
for (const event of ["planbook-dialog-closed", "focusout"]) document.addEventListener(event, () => setTimeout(() => { if (isStale) refresh(); }, 0));
document.addEventListener("planbook-period", (event) => { chosen.period = event.detail; });
addEventListener("hashchange", () => { takeToken(); draw(); }); // the add-in's pane asks for another view the same way
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); view.focus(); });
if (new URLSearchParams(location.search).has("pane")) document.documentElement.classList.add("pane");

if (takeToken()) draw();
else {
  markTab("");
  view.replaceChildren(make("main", {}, make("h1", {}, "请从“责任台账”打开本页"),
    notice("error", "这个窗口没有口令，看不了内容。请从开始菜单打开“责任台账”，或运行 planbook serve --open；WPS 里请点功能区的按钮。")));
}
