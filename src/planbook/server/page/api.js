// Talking to the service: the token comes behind # in the address, stays in this tab, and leaves the address at once.

const KEPT = "planbook-token";
let token = kept();

/** What this tab keeps over a reload; a frame in the add-in's pane may keep nothing. */
function kept() {
  try {
    return sessionStorage.getItem(KEPT) || "";
  } catch {
    return "";
  }
}

/** Take the token out of the address bar, where a screen share or the history would show it. */
export function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1));
  if (given.get("token")) {
    token = given.get("token");
    try {
      sessionStorage.setItem(KEPT, token);
    } catch { /* then it lives as long as the page */ }
    history.replaceState(null, "", `${location.pathname}${location.search}#/${given.get("view") || ""}`);
  }
  return Boolean(token);
}

/** What went wrong, in a sentence; `code` tells a few cases apart. */
export class ServiceError extends Error {
  constructor(message, code, status) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const chosen = { workspace: "", period: "" };

function address(path, query) {
  const asked = new URLSearchParams(Object.entries(query || {}).filter(([, value]) => value !== "" && value !== undefined));
  if (chosen.workspace) asked.set("workspace", chosen.workspace);
  return `/api/${path}?${asked}`;
}

async function ask(method, path, query, body, type) {
  let answer;
  try {
    answer = await fetch(address(path, query), {
      method,
      headers: { "X-Planbook-Token": token, ...(body !== undefined ? { "Content-Type": type } : {}) },
      body,
    });
  } catch {
    throw new ServiceError("服务没有应答：它可能已经停止。请从开始菜单打开“责任台账”，或运行 planbook serve --open。", "down", 0);
  }
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ServiceError(value.error || `服务出错（${answer.status}）。`, answer.status === 401 ? "token" : value.code, answer.status);
  return value;
}

export const get = (path, query) => ask("GET", path, query);
export const post = (path, body, query) => ask("POST", path, query, JSON.stringify(body || {}), "application/json");
export const send = (path, file, query) => ask("POST", path, query, file, "application/octet-stream");
