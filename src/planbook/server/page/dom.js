// Making elements. Text only ever becomes text: nothing here or anywhere in the page parses HTML.

/** Make an element: attributes, listeners (as functions) and children (elements or text; empty ones are left out). */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** A table: `columns` are [heading, cell maker, class]; on a narrow screen each row becomes a card. */
export function table(caption, columns, rows, rowAttributes) {
  const head = make("tr", {}, columns.map(([heading, , kind]) => make("th", { scope: "col", class: kind }, heading)));
  const body = rows.map((row) =>
    make("tr", rowAttributes ? rowAttributes(row) : {}, columns.map(([heading, cell, kind]) =>
      make("td", { class: kind, "data-label": heading }, cell(row)))));
  return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    make("table", { class: "cards" }, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, body)));
}

/** A labelled field; `control` gets an id of its own. */
let fields = 0;
export function field(label, control, help) {
  control.id = control.id || `field-${++fields}`;
  const note = help ? make("p", { class: "help", id: `${control.id}-help` }, help) : null;
  if (note) control.setAttribute("aria-describedby", note.id);
  return make("div", { class: "field" }, make("label", { for: control.id }, label), control, note);
}

/** A line that a screen reader announces. */
export function notice(kind, text) {
  return make("p", { class: `notice ${kind}`, role: kind === "error" ? "alert" : "status" }, text);
}

/** A dialog over the page, with a way out at its foot; returns a promise of what was chosen. */
export function dialog(title, content, buttons) {
  return new Promise((resolve) => {
    const heading = make("h2", { id: "dialog-title" }, title);
    const foot = make("div", { class: "buttons" }, buttons.map(([label, value, kind]) =>
      make("button", { type: "button", class: kind, click: () => box.close(value) }, label)));
    const box = make("dialog", { "aria-labelledby": "dialog-title" }, heading, make("div", { class: "dialog-body", tabindex: "0" }, content), foot);
    box.addEventListener("close", () => { box.remove(); resolve(box.returnValue); document.dispatchEvent(new CustomEvent("planbook-dialog-closed")); });
    document.body.append(box);
    box.showModal();
  });
}

/** A moment in the clerk's own time, to the minute. */
export function moment(text) {
  if (!text) return "";
  const when = typeof text === "number" ? new Date(text * 1000) : new Date(text);
  const two = (number) => String(number).padStart(2, "0");
  return `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())} ${two(when.getHours())}:${two(when.getMinutes())}`;
}
