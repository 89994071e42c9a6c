// Talking to the service on 127.0.0.1: XMLHttpRequest, since fetch never settles on some builds; a hard time limit; and
// for each way of failing a sentence that says what to do.
var PlanbookClient = (function () {
  "use strict";
  var STALE_S = 15;
  var START = "请从开始菜单（或应用列表）打开“责任台账”，或注销后重新登录，再点一次。";
  var WORDS = {
    down: "责任台账的服务没有运行。" + START,
    stopped: "责任台账的服务已经停止。" + START,
    blocked: "服务在运行，但 WPS 拦截了加载项访问本机（127.0.0.1）。请联系信息中心在 WPS 的加载项网址管控（jsaddinblockhost.ini）中放行本机；在此之前可以用浏览器打开“责任台账”页面。",
    token: "服务刚刚重新启动过，请再点一次。",
    slow: "服务很久没有应答，可能正忙，请稍等再点；一直这样请重新登录电脑。",
    version: "加载项是 {addin} 版，服务是 {service} 版，不能一起工作。请运行 planbook addin install --host wps，然后重新打开 WPS 表格。",
    garbled: "服务的回答看不懂，请重新登录电脑后再试。"
  };

  /** @typedef {{code: string, message: string}} Trouble */

  /** @param {string} code @returns {Trouble} */
  function trouble(code) { return { code: code, message: WORDS[code] }; }

  /**
   * The session, or why there is none to talk to.
   * @returns {{session: any, trouble: Trouble | null}}
   */
  function session() {
    var found = PlanbookHost.readSession();
    if (!found) { return { session: null, trouble: trouble("down") }; }
    if (Math.abs(new Date().getTime() / 1000 - found.heartbeat) > STALE_S) { return { session: null, trouble: trouble("stopped") }; }
    if (found.version !== PLANBOOK_CONFIG.version) {
      var words = WORDS.version.replace("{addin}", PLANBOOK_CONFIG.version).replace("{service}", found.version);
      return { session: null, trouble: { code: "version", message: words } };
    }
    return { session: found, trouble: null };
  }

  /**
   * Ask once; `done` gets a trouble or the answer, never both.
   * @param {string} method
   * @param {string} path
   * @param {any} body
   * @param {(trouble: Trouble | null, answer: any) => void} done
   */
  function ask(method, path, body, done) {
    var found = session(), finished = false;
    if (found.trouble) { done(found.trouble, null); return; }
    var request = new XMLHttpRequest();
    /** @param {Trouble | null} problem @param {any} answer */
    function end(problem, answer) { if (!finished) { finished = true; done(problem, answer); } }
    request.open(method, "http://127.0.0.1:" + found.session.port + path, true);
    request.timeout = 40000;
    request.setRequestHeader("X-Planbook-Token", found.session.token);
    if (method === "POST") { request.setRequestHeader("Content-Type", "application/json"); }
    request.onload = function () {
      var answer = null;
      try { answer = JSON.parse(request.responseText); } catch (e) { end(trouble("garbled"), null); return; }
      if (request.status < 300) { end(null, answer); }
      else if (request.status === 401) { end(trouble("token"), null); }
      else { end({ code: answer.code || "refused", message: answer.error || WORDS.garbled }, null); }
    };
    // The service shows that it lives and yet nothing gets through: WPS itself stands in between.
    request.onerror = function () { end(trouble(session().session ? "blocked" : "stopped"), null); };
    request.ontimeout = function () { end(trouble("slow"), null); };
    request.send(method === "POST" ? JSON.stringify(body || {}) : null);
  }

  /** @param {string} path @param {(trouble: Trouble | null, answer: any) => void} done */
  function get(path, done) { ask("GET", path, null, done); }
  /** @param {string} path @param {any} body @param {(trouble: Trouble | null, answer: any) => void} done */
  function post(path, body, done) { ask("POST", path, body, done); }

  return { get: get, post: post, session: session };
}());
