// The dashboard, drawn by the same view that the dashboard's own file uses.

import { chosen, get } from "./api.js";
import { make } from "./dom.js";

export async function showBoard(root, overview) {
  if (!overview.periods.length) {
    root.append(make("h1", {}, "看板"), make("p", {}, "下发责任清单以后，这里显示亮灯、排名和趋势。"));
    return;
  }
  const value = await get("views/board", { period: chosen.period });
  const board = make("div", { "data-theme": document.documentElement.dataset.theme });
  root.dataset.bare = "yes"; // it has a main landmark of its own
  root.append(board);
  document.addEventListener("planbook-board", () => window.PlanbookDashboard.show(board, value), { once: true });
}
