// Jobs: asking for one, showing how far it is, stopping it, and showing how it ended.

import { get, post } from "./api.js";
import { dialog, make, notice, table } from "./dom.js";

const RUNNING = ["queued", "running"];
const STATES = { queued: "排队中", running: "正在做", done: "完成", failed: "没有完成", stopped: "已停下", interrupted: "被打断" };
const HEADINGS = {
  agency: "单位", agencies: "单位", path: "文件", name: "名称", title: "标题", tasks: "任务", indicators: "指标", reason: "说明", verdict: "结果",
  recipient: "收件人", recipients: "收件人", to: "收件人", copies: "抄送", cc: "抄送", subject: "主题", channel: "方式", file_name: "附件", attachment: "附件",
  attachments: "附件", outcome: "结果", size: "大小", message: "问题", location: "位置", severity: "轻重", code: "编号", subject_line: "主题",
  errand: "事项", file: "附件", status: "情况", escalation: "级别", due_on: "截止", body: "正文", text: "内容", result: "结果", good: "完好",
};
const HIDDEN = ["sha256", "form_id", "message_id", "is_new", "notice", "size"];
const VALUES = { ready: "待发", already: "以前已发", held: "没有发送", sent: "已发出", drafted: "已生成草稿", placed: "已放入文件夹", refused: "被拒收",
  deferred: "待重发", unknown: "可能已发出", form: "责任清单", correction: "退改单", reminder: "催报", none: "", error: "错", warning: "疑", note: "注",
  accepted: "已入账", superseded: "已有更新版", duplicate: "重复", rejected: "未收", unclaimed: "待认领", skipped: "跳过",
  due_soon: "临近截止", overdue: "逾期催报", long_overdue: "再次催报", to_leader: "抄送领导" };
const LISTS = { forms: "责任清单", messages: "邮件", dispatches: "分发", findings: "问题", files: "文件", plans: "方案", changes: "改动",
  missing_agencies: "未报单位", corrections: "退改单", checks: "检查", reminders: "催报", skipped: "不发的", held_back: "没有发的" };

/** Ask for an action and follow it in the tray; resolves with the job once it has ended. */
export async function run(action, body, { quiet = false } = {}) {
  let job = await post(`actions/${action}`, body, { wait: 0.3 });
  const card = new JobCard(job, quiet);
  while (RUNNING.includes(job.state)) {
    card.show(job);
    await new Promise((resume) => setTimeout(resume, 250));
    job = await get(`jobs/${job.job}`, { wait: 0.5 });
  }
  card.show(job);
  document.dispatchEvent(new CustomEvent("planbook-changed"));
  return job;
}

/** Carry an outward act out dry, show what would happen, and only then, if the clerk says so, do it. */
export async function runPreviewed(action, label, body) {
  const preview = await run(action, { ...body, dry_run: true }, { quiet: true });
  if (preview.state !== "done") return showJob(preview);
  const answer = await dialog(`${label}：先看一看`, result(preview), [["确认，就这样做", "go", "primary"], ["取消", ""]]);
  return answer === "go" ? run(action, body) : preview;
}

/** Show the whole result of a job. */
export async function showJob(job) {
  await dialog(`${job.title}：${STATES[job.state]}`, result(job), [["关闭", ""]]);
  return job;
}

/** The result of a job: its lines, and the lists of its JSON as tables. */
export function result(job) {
  const parts = job.error ? [notice("error", job.error)] : [];
  if (job.lines.length) parts.push(make("ul", { class: "lines" }, job.lines.map((line) => make("li", {}, line))));
  if (job.opens.length) parts.push(openers(job.opens));
  for (const [name, value] of Object.entries(job.json || {})) {
    if (Array.isArray(value) && value.length) parts.push(list(LISTS[name] || name, value));
  }
  return parts;
}

function list(caption, rows) {
  const shown = rows.slice(0, 300);
  const more = rows.length > shown.length ? make("p", { class: "help" }, `……共 ${rows.length} 条，这里显示前 ${shown.length} 条。`) : null;
  if (typeof rows[0] !== "object" || rows[0] === null) {
    return make("section", {}, make("h3", {}, `${caption}（${rows.length}）`), make("ul", { class: "plain" }, shown.map((row) => make("li", {}, String(row)))), more);
  }
  const names = Object.keys(rows[0]).filter((name) => !HIDDEN.includes(name) && rows.some((row) => words(row[name])));
  const columns = names.map((name) => [HEADINGS[name] || name, (row) => words(row[name])]);
  return make("section", {}, table(`${caption}（${rows.length}）`, columns, shown), more);
}

function words(value) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(words).join("；");
  if (typeof value === "object") return value.message || Object.values(value).map(words).filter(Boolean).join("，");
  if (typeof value === "boolean") return value ? "是" : "否";
  return value in VALUES ? VALUES[value] : String(value);
}

/** Buttons that open files of the workspace with the desk's own programs. */
export function openers(paths) {
  return make("p", { class: "openers" }, paths.map((path) => {
    const name = path.split(/[\\/]/).pop();
    return make("button", { type: "button", title: path, click: (event) => openFile(path, event.target) }, `打开 ${name}`);
  }));
}

async function openFile(path, button) {
  try {
    await post("open", { path });
  } catch (error) {
    button.after(notice("error", error.message));
  }
}

class JobCard {
  constructor(job, quiet) {
    this.quiet = quiet;
    this.bar = make("progress", { "aria-label": `${job.title}进度` });
    this.words = make("span", { class: "what" });
    this.stop = make("button", { type: "button", click: () => this.cancel(job.job) }, "停下");
    this.element = make("article", { class: "job" }, make("strong", {}, job.title), this.words, this.bar, this.stop);
    document.getElementById("jobs").prepend(this.element);
  }

  async cancel(job) {
    this.stop.disabled = true;
    this.words.textContent = "正在停下……";
    await post(`jobs/${job}/cancel`).catch(() => {});
  }

  show(job) {
    if (RUNNING.includes(job.state)) {
      const progress = job.progress;
      if (progress && progress.total) {
        this.bar.max = progress.total;
        this.bar.value = progress.done;
      }
      const count = progress && progress.total ? `${progress.done}/${progress.total} ` : "";
      this.words.textContent = count + (progress ? progress.what : STATES[job.state]);
      return;
    }
    if (this.quiet && job.state === "done") {
      this.element.remove();
      return;
    }
    const kind = job.error ? "error" : job.needs_person ? "warning" : "good";
    this.element.className = `job ${kind}`;
    this.element.replaceChildren(
      make("strong", {}, `${job.title}：${STATES[job.state]}`),
      make("span", { class: "what" }, job.error || job.lines.join(" ")),
      make("span", { class: "buttons" },
        job.opens.length ? make("button", { type: "button", click: (event) => openFile(job.opens[0], event.target) }, "打开结果") : null,
        make("button", { type: "button", click: () => showJob(job) }, "详情"),
        make("button", { type: "button", click: () => this.element.remove() }, "收起")));
  }
}
