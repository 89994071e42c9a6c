// The office's settings, each with its explanation; what is wrong is said and nothing of it is written.

import { get, post } from "./api.js";
import { field, make, notice } from "./dom.js";

const SECTIONS = { office: "发文单位", forms: "责任清单", lights: "亮灯", reading: "读取回表", mail: "邮件", supervision: "督办", dashboard: "看板",
  bulletin: "通报", collect: "收取回表", remind: "催报", send: "分发" };

export async function showSettings(root) {
  const settings = await get("settings");
  const controls = new Map();
  const said = make("div", {});
  const save = async (event) => {
    event.preventDefault();
    const changes = {};
    for (const [setting, control] of controls) {
      const value = read(setting, control);
      if (JSON.stringify(value) !== JSON.stringify(setting.value)) changes[setting.name] = value;
    }
    if (!Object.keys(changes).length) {
      said.replaceChildren(notice("info", "没有改动。"));
      return;
    }
    try {
      const fresh = await post("settings", changes);
      for (const [setting] of controls) setting.value = fresh.find((one) => one.name === setting.name).value;
      said.replaceChildren(notice("good", `已保存 ${Object.keys(changes).length} 项。`));
    } catch (error) {
      said.replaceChildren(notice("error", error.message));
    }
  };
  const groups = new Map();
  for (const setting of settings) groups.set(setting.section, [...(groups.get(setting.section) || []), setting]);
  const form = make("form", { submit: save });
  for (const [section, members] of groups) {
    form.append(make("fieldset", {}, make("legend", {}, SECTIONS[section] || section || "基本"), members.map((setting) => {
      const control = inputFor(setting);
      controls.set(setting, control);
      return field(setting.help || setting.name, control, setting.name);
    })));
  }
  form.append(make("p", { class: "buttons" }, make("button", { type: "submit", class: "primary" }, "保存")), said);
  root.append(make("h1", {}, "设置"), make("p", { class: "help" }, "这些都在工作区的 planbook.toml 里，也可以直接改文件；改完下次操作生效。"), form);
}

function inputFor(setting) {
  const { value } = setting;
  if (typeof value === "boolean") return make("input", { type: "checkbox", checked: value });
  if (typeof value === "number") return make("input", { type: "number", value: String(value), step: Number.isInteger(setting.default) ? "1" : "any" });
  if (Array.isArray(value)) return make("textarea", { rows: "3" }, value.join("\n"));
  return make("input", { type: "text", value, autocomplete: "off" });
}

function read(setting, control) {
  if (control.type === "checkbox") return control.checked;
  if (control.type === "number") return control.value === "" ? setting.value : Number(control.value);
  if (control.tagName === "TEXTAREA") return control.value.split("\n").map((line) => line.trim()).filter(Boolean);
  return control.value;
}
