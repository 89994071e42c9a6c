"use strict";
// Makes elements: whatever was typed by people only ever becomes a text node.

(function (board) {
  const LIGHTS = ["red", "yellow", "blue", "green", "grey", "white"];

  /** Return a new element with a class, attributes and children; texts become text nodes, null and "" are left out. */
  function make(tag, look, attributes, ...children) {
    const element = document.createElement(tag);
    if (look) element.className = look;
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") element.addEventListener(name, value);
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    add(element, children);
    return element;
  }

  function add(element, children) {
    for (const child of children.flat()) {
      if (child === null || child === undefined || child === "") continue;
      element.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }

  /** Return the class of a light; anything else than a known light gets grey. */
  function tone(light) {
    return "pb-" + (LIGHTS.includes(light) ? light : "grey");
  }

  /** Return a light as a coloured word. */
  function lamp(value, light) {
    const known = value.lights.find((one) => one.light === light);
    return make("span", "pb-light " + tone(light), {}, known ? known.label : "—");
  }

  /** Return a table; each column has a header, a look and a function from a row to its content. */
  function table(caption, columns, rows) {
    const head = columns.map((column) => make("th", column.look, { scope: "col" }, column.header));
    const lines = rows.map((row) =>
      make("tr", "", {}, columns.map((column) =>
        make("td", column.look, { "data-label": column.header }, make("span", "", {}, column.cell(row)))
      ))
    );
    return make("table", "pb-table", {},
      make("caption", "pb-hidden", {}, caption),
      make("thead", "", {}, make("tr", "", {}, head)),
      make("tbody", "", {}, lines)
    );
  }

  function percent(number) {
    return number === null || number === undefined ? "—" : `${number}%`;
  }

  /** Return a bar of the lights of one group, as wide as their shares. */
  function lightBar(value, lights) {
    const total = LIGHTS.reduce((sum, light) => sum + (lights[light] || 0), 0);
    const words = value.lights.filter((one) => lights[one.light]).map((one) => `${one.label}${lights[one.light]}`);
    const bar = make("span", "pb-bar", { role: "img", "aria-label": words.join("，") || "没有任务" });
    for (const light of LIGHTS) {
      if (!lights[light]) continue;
      const part = make("span", tone(light));
      part.style.width = `${(lights[light] * 100) / total}%`;
      bar.append(part);
    }
    return bar;
  }

  /** Return a table of the first rows and a button for the rest. */
  function longTable(caption, columns, rows, most) {
    if (rows.length <= most) return table(caption, columns, rows);
    const place = make("div");
    const all = () => {
      place.replaceChildren(table(caption, columns, rows));
      place.querySelectorAll("tbody tr")[most].querySelector("td").setAttribute("tabindex", "-1");
      place.querySelectorAll("tbody tr")[most].querySelector("td").focus();
    };
    place.append(table(caption, columns, rows.slice(0, most)),
      make("p", "pb-pages", {}, make("button", "", { type: "button", click: all }, `显示全部 ${rows.length} 条`)));
    return place;
  }

  Object.assign(board, { LIGHTS, make, add, tone, lamp, table, longTable, percent, lightBar });
})((window.PlanbookDashboard = window.PlanbookDashboard || {}));
