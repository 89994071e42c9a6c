// The task pane: the service's page in a frame, with a way out of its own, since a docked pane may freeze the ribbon.
(function () {
  "use strict";
  /** @param {string} id */
  function part(id) { return /** @type {HTMLElement} */ (document.getElementById(id)); }
  var shownAt = "", shownToken = "";

  /** @param {any} session */
  function address(session, view) {
    return "http://127.0.0.1:" + session.port + "/?pane#token=" + session.token + "&view=" + encodeURIComponent(view);
  }

  /** @param {string} text */
  function complain(text) {
    part("trouble").textContent = text;
    part("trouble").hidden = !text;
    part("again").hidden = !text;
    part("page").hidden = Boolean(text);
  }

  function draw() {
    var view = PlanbookHost.recall("planbook_view") || "period";
    PlanbookClient.get("/api/health", function (trouble) {
      if (trouble) { complain(trouble.message); return; }
      complain("");
      var session = PlanbookClient.session().session;
      shownAt = view;
      shownToken = session.token;
      /** @type {HTMLIFrameElement} */ (part("page")).src = address(session, view);
    });
  }

  part("close").onclick = function () { PlanbookHost.hidePane(); };
  part("again").onclick = draw;
  part("browser").onclick = function () {
    var found = PlanbookClient.session();
    if (found.trouble) { complain(found.trouble.message); return; }
    PlanbookHost.openUrl(address(found.session, PlanbookHost.recall("planbook_view") || "period").replace("?pane", ""));
  };
  // Another button may ask for another view while the pane is open, and the service may start anew.
  setInterval(function () {
    var found = PlanbookClient.session();
    var isAsked = (PlanbookHost.recall("planbook_view") || "period") !== shownAt;
    if (found.session && shownAt && (isAsked || found.session.token !== shownToken)) { draw(); }
  }, 700);
  draw();
}());
