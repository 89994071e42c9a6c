// What came in: files dropped here, each with its verdict and findings; for unclaimed ones the clerk says whose they are.

import { chosen, get, send } from "./api.js";
import { dialog, field, make, moment, notice, table } from "./dom.js";
import { run, showJob } from "./jobs.js";

const VERDICTS = { accepted: "已入账", superseded: "已有更新版", rejected: "未收", unclaimed: "待认领", duplicate: "重复" };

export async function showInbox(root, overview, rest) {
  root.append(make("h1", {}, "收件"));
  if (!chosen.period) {
    root.append(make("p", {}, "还没有下发过责任清单，收不了回表。"), make("a", { class: "button", href: "#/actions" }, "去操作"));
    return;
  }
  const [inbox, state] = await Promise.all([get("views/inbox", { period: chosen.period }), get("views/period", { period: chosen.period })]);
  root.append(dropZone(inbox));
  if (state.waiting.length) {
    root.append(make("section", { class: "panel" }, make("h2", {}, `还没有汇总的 ${state.waiting.length} 个文件`),
      make("ul", { class: "plain" }, state.waiting.slice(0, 50).map((name) => make("li", {}, name))),
      make("button", { type: "button", class: "primary", click: () => run("consolidate", { period: chosen.period }) }, "一键汇总")));
  }
  const unclaimed = inbox.files.filter((one) => one.verdict === "unclaimed");
  if (unclaimed.length) root.append(make("section", {}, make("h2", {}, `待认领 ${unclaimed.length} 个：是谁的、哪一期的，由您认定`),
    unclaimed.map((file) => claimCard(file, inbox))));
  const columns = [
    ["文件", (one) => make("button", { type: "button", class: "link", click: () => showFile(one.sha256) }, one.name), "name"],
    ["结果", (one) => make("span", { class: `mark ${one.verdict}` }, VERDICTS[one.verdict] || one.verdict)],
    ["单位", (one) => one.agency],
    ["问题", (one) => one.errors + one.warnings ? `错 ${one.errors}，疑 ${one.warnings}` : ""],
    ["说明", (one) => one.reason],
    ["收到", (one) => moment(one.received_at)],
  ];
  root.append(table(`${inbox.label}收到的文件（${inbox.files.length}）`, columns, inbox.files));
  if (rest[0]) showFile(rest[0]);
}

async function showFile(sha256) {
  let content;
  let title = "收到的文件";
  try {
    const detail = await get("views/file", { period: chosen.period, sha256 });
    title = detail.file.name;
    content = [
      make("p", {}, `${VERDICTS[detail.file.verdict] || detail.file.verdict}${detail.file.agency ? `（${detail.file.agency}）` : ""} ${detail.file.reason}`),
      make("p", { class: "help" }, `原件存档 ${sha256.slice(0, 16)}…，位置 ${detail.file.path}`),
      detail.findings.length
        ? table(`问题（${detail.findings.length}）`, [["轻重", (one) => make("span", { class: `mark ${one.severity}` }, { error: "错", warning: "疑", note: "注" }[one.severity])],
          ["位置", (one) => one.location], ["问题", (one) => one.message]], detail.findings)
        : make("p", {}, "没有问题。"),
    ];
  } catch (error) {
    content = [notice("error", error.message)];
  }
  await dialog(title, content, [["关闭", ""]]);
}

function claimCard(file, inbox) {
  const agency = make("select", {}, make("option", { value: "" }, "请选择单位"),
    inbox.agencies.map((name) => make("option", { value: name }, name))); // none chosen beforehand: a person decides, not a click
  const period = make("select", {}, inbox.periods.map((name) => make("option", { value: name, selected: name === inbox.period }, name)));
  const reason = make("input", { type: "text", autocomplete: "off", maxlength: "200", placeholder: "例如：已与该单位张科长电话核实" });
  const said = make("div", {});
  const claim = async () => {
    if (!agency.value) {
      said.replaceChildren(notice("error", "请先选择单位。"));
      agency.focus();
      return;
    }
    const job = await run("claim", { file: file.sha256, agency: agency.value, period: period.value, reason: reason.value }).catch((error) => ({ error: error.message }));
    if (job.error) said.replaceChildren(notice("error", job.error));
    else if (job.needs_person) showJob(job);
  };
  return make("article", { class: "panel claim" }, make("h3", {}, make("button", { type: "button", class: "link", click: () => showFile(file.sha256) }, file.name)),
    make("p", {}, file.reason, file.agency ? ` 看内容，可能是${file.agency}的。` : ""),
    make("div", { class: "row" }, field("是哪个单位的", agency), field("哪一期的", period), field("怎样核实的", reason)),
    make("p", { class: "buttons" }, make("button", { type: "button", class: "primary", click: claim }, "认领入账")), said);
}

function dropZone(inbox) {
  const said = make("div", { "aria-live": "polite" });
  const input = make("input", { type: "file", multiple: true, id: "dropped", class: "visually-hidden" });
  const zone = make("div", { class: "drop" }, make("label", { for: "dropped", class: "button primary" }, "选择回表文件"),
    input, make("span", {}, "或把文件拖到这里：Excel、WPS 表格、压缩包、邮件都行"), said);
  const take = async (files) => {
    let done = 0;
    for (const file of files) {
      said.replaceChildren(notice("info", `正在放入 ${++done}/${files.length}：${file.name}`));
      try {
        await send("inbox", file, { period: inbox.period, name: file.name });
      } catch (error) {
        said.replaceChildren(notice("error", `${file.name}：${error.message}`));
        return;
      }
    }
    if (files.length) document.dispatchEvent(new CustomEvent("planbook-changed"));
  };
  input.addEventListener("change", () => take([...input.files]));
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => { event.preventDefault(); zone.classList.remove("over"); take([...event.dataTransfer.files]); });
  return zone;
}
