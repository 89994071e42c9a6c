// Choosing a workspace: opening one that is there, or making a new one.

import { chosen, post } from "./api.js";
import { field, make, notice } from "./dom.js";

export async function showStart(root, overview) {
  const folder = make("input", { type: "text", autocomplete: "off", placeholder: "例如 D:\\台账" });
  const office = make("input", { type: "text", autocomplete: "off" });
  const contact = make("input", { type: "text", autocomplete: "off" });
  const said = make("div", {});
  const act = async (path, body) => {
    said.replaceChildren();
    try {
      const opened = await post(`workspaces/${path}`, body);
      chosen.workspace = opened.id;
      chosen.period = "";
      location.hash = "#/period";
      document.dispatchEvent(new CustomEvent("planbook-changed"));
    } catch (error) {
      said.replaceChildren(notice("error", error.message));
    }
  };
  const choose = async () => {
    said.replaceChildren(notice("info", "选文件夹的窗口已打开，可能在本窗口后面。"));
    try {
      const picked = await post("pick-folder", { title: "选择工作区文件夹", initial: folder.value });
      folder.value = picked.path || folder.value;
      said.replaceChildren();
    } catch (error) {
      said.replaceChildren(notice("error", error.message));
    }
  };
  root.append(
    make("h1", {}, overview && overview.root ? "工作区" : "先打开或新建一个工作区"),
    overview && overview.root ? make("p", {}, `现在用的是 ${overview.root}`) : make("p", {}, "工作区是一个普通文件夹，一套台账一个：方案、责任清单、回表、总台账都放在里面。"),
    make("form", { class: "panel", submit: (event) => event.preventDefault() },
      field("文件夹的完整路径", folder),
      make("p", { class: "buttons" }, make("button", { type: "button", click: choose }, "浏览……"),
        make("button", { type: "button", class: "primary", click: () => act("open", { path: folder.value.trim() }) }, "打开已有的")),
      field("发文单位（新建时填，印在责任清单上）", office),
      field("联系人和电话（新建时填）", contact),
      make("p", { class: "buttons" }, make("button", { type: "button",
        click: () => act("create", { path: folder.value.trim(), office: office.value, contact: contact.value }) }, "新建工作区")),
      said));
}
