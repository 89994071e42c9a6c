// The small form of the working dialog: fields for what a button must know, and lists of what it would do.
var PlanbookAsking = (function () {
  "use strict";

  /** @param {string} id */
  function part(id) { return /** @type {HTMLElement} */ (document.getElementById(id)); }

  /** Text only ever becomes text. @param {string} tag @param {string} text @param {string} [kind] @returns {any} */
  function make(tag, text, kind) {
    var element = document.createElement(tag);
    element.textContent = text;
    if (kind) { element.className = kind; }
    return element;
  }

  /** @param {any[]} parts */
  function content(parts) {
    var holder = part("content"), i;
    while (holder.firstChild) { holder.removeChild(holder.firstChild); }
    for (i = 0; i < parts.length; i++) { holder.appendChild(parts[i]); }
  }

  /** A press on a button that has been taken away means nothing. @param {() => void} go */
  function unlessGone(go) {
    /** @this {any} */
    return function () { if (this.parentNode) { go(); } };
  }

  /** @param {[string, () => void, string?][]} buttons */
  function foot(buttons) {
    var holder = part("foot"), i, button;
    while (holder.firstChild) { holder.removeChild(holder.firstChild); }
    for (i = 0; i < buttons.length; i++) {
      button = make("button", buttons[i][0], buttons[i][2] || "");
      button.type = "button";
      button.onclick = unlessGone(buttons[i][1]);
      holder.appendChild(button);
    }
    if (holder.firstChild) { /** @type {HTMLElement} */ (holder.firstChild).focus(); }
  }

  /** @param {string} text */
  function complain(text) {
    part("trouble").textContent = text;
    part("trouble").hidden = !text;
  }

  /**
   * @param {{name: string, label: string, type: string, value: string}[]} fields
   * @param {(values: any) => void} done
   * @param {() => void} leave
   */
  function form(fields, done, leave) {
    var inputs = [], parts = [], i, label, input;
    for (i = 0; i < fields.length; i++) {
      label = make("label", fields[i].label);
      input = document.createElement("input");
      input.type = fields[i].type;
      input.value = fields[i].value;
      input.id = "field-" + fields[i].name;
      label.htmlFor = input.id;
      inputs.push(input);
      parts.push(label, input);
    }
    content(parts);
    foot([["继续", function () {
      var values = {}, k;
      for (k = 0; k < fields.length; k++) {
        values[fields[k].name] = inputs[k].value.replace(/^\s+|\s+$/g, "");
        if (!values[fields[k].name]) { complain("请填写“" + fields[k].label + "”。"); inputs[k].focus(); return; }
      }
      complain("");
      foot([]);                      // a second press would do it all a second time
      done(values);
    }, "primary"], ["关闭", leave]]);
    if (inputs[0]) { inputs[0].focus(); }
  }

  /** A job's result as elements: its lines, then the lists of its JSON in words. @param {any} job */
  function result(job) {
    var parts = [], i, name, list;
    for (i = 0; i < job.lines.length; i++) { parts.push(make("p", job.lines[i])); }
    for (name in job.json || {}) {
      if (!Object.prototype.hasOwnProperty.call(job.json, name)) { continue; }
      list = job.json[name];
      if (!(list instanceof Array) || !list.length) { continue; }
      var items = document.createElement("ul");
      items.tabIndex = 0;            // it scrolls, and not everyone has a mouse
      for (i = 0; i < list.length && i < 200; i++) { items.appendChild(make("li", words(list[i]))); }
      parts.push(items);
    }
    return parts;
  }

  /** @param {any} value @returns {string} */
  function words(value) {
    var texts = [], name;
    if (value === null || value === undefined || typeof value === "boolean") { return ""; }
    if (typeof value !== "object") { return String(value); }
    if (value.message) { return value.message; }
    for (name in value) {
      if (/sha256|_id$|^id$|code|path/.test(name) || !Object.prototype.hasOwnProperty.call(value, name)) { continue; }
      var text = words(value[name]);
      if (text) { texts.push(text); }
    }
    return texts.join(" · ");
  }

  return { part: part, make: make, content: content, foot: foot, complain: complain, form: form, result: result };
}());
