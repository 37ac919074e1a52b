/* 写着的来电丢不了：边写边存本机，一两秒内再存到服务器（本人名下），连光标在哪一起存。
   登记成了，服务器就收走；没登记的列在表单上方，浏览器被关掉、换一台机器都还在。别人登录看不到。 */
(() => {
  const call = window.call;
  if (!call) return;
  const { form } = call;
  const shelf = `park:${form.dataset.user}`;
  const SENT = "begun-sent";
  const SKIP = new Set(["csrfmiddlewaretoken", "_once", "begun"]);
  const WORDS = ["content", "caller_name", "number", "place", "company", "reply"];
  const status = form.querySelector("[data-draft-status]");
  const key = () => form.elements.begun.value;
  const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

  /* 本机的架子：一件一行。存不下（满了、被禁）时说出来，不装作存了。 */
  const read = () => {
    try { return JSON.parse(localStorage.getItem(shelf) || "[]"); } catch { return []; }
  };
  const write = (rows) => {
    try { localStorage.setItem(shelf, JSON.stringify(rows)); } catch { return false; }
    form.dispatchEvent(new CustomEvent("begun:change"));
    return true;
  };
  const set = (row) => write([...read().filter((r) => r.key !== row.key), row]);
  const remove = (k) => write(read().filter((r) => r.key !== k));

  const fields = () => [...form.elements].filter((el) => el.name && !SKIP.has(el.name) && !["submit", "button"].includes(el.type));
  const take = () => {
    const values = {};
    for (const el of fields()) {
      if (el.type === "radio") {
        if (el.checked) values[el.name] = el.value;
      } else if (el.name !== "sources") values[el.name] = el.type === "checkbox" ? el.checked : el.value;
    }
    const cited = form.querySelectorAll('[name="sources"]:checked');
    if (cited.length) values.sources = [...cited].map((el) => el.value).join(" ");
    return values;
  };
  /* 引用的文件是查出来的，不在空表上：照着钥匙补回去。 */
  const cite = (keys) => {
    const box = form.querySelector('[id$="sources_found"]');
    box?.replaceChildren(...keys.split(" ").filter(Boolean).map((k) => {
      const label = Object.assign(document.createElement("label"), { className: "d-flex gap-2 align-items-center sm" });
      label.append(Object.assign(document.createElement("input"), { className: "form-check-input", type: "checkbox", name: "sources", value: k, checked: true }), k);
      return label;
    }));
  };
  const put = (values, again) => {
    call.restoring = true; // 还没写，不存
    if (again) form.dispatchEvent(new CustomEvent("begun:put")); // 认人、归类照常显示，但不改写过的字
    cite(values.sources || "");
    for (const el of fields()) {
      const v = values[el.name];
      if (el.name === "sources") continue;
      if (el.type === "radio") el.checked = v === el.value;
      else if (el.type === "checkbox") el.checked = !!v;
      else el.value = v ?? "";
    }
    form.elements.number.dispatchEvent(new Event("change"));
    form.elements.content.dispatchEvent(new Event("input"));
    call.refresh();
    call.restoring = false;
  };
  const words = (values) => WORDS.map((n) => String(values[n] || "").trim()).find(Boolean) || "";
  const started = (values) => !!(words(values) || values.rings);

  /* 光标：离开表单（点按钮）之前在哪，也算数。 */
  let spot = { focus: "", caret: null, caret_end: null };
  const caret = () => {
    const el = document.activeElement;
    if (!form.contains(el) || !el.name || el.type === "submit") return spot;
    let ends = [null, null];
    try { ends = [el.selectionStart ?? null, el.selectionEnd ?? null]; } catch { /* 数字、日期框没有光标位置 */ }
    spot = { focus: el.name, caret: ends[0], caret_end: ends[1] };
    return spot;
  };

  /* 本机一有变化就存，服务器隔一会儿存一次；晚到的旧内容由 turn 挡住。 */
  let local = 0;
  let far = 0;
  let left = false; // 已经交出去：不再存，免得登记完又冒出来
  const clock = () => new Date().toLocaleTimeString("zh-CN", { hour12: false });
  const say = (text) => status && (status.textContent = text);
  const send = (row, alive = false) => {
    const body = new URLSearchParams({ key: row.key, data: JSON.stringify({ ...row, key: undefined }) });
    return fetch(form.dataset.save, {
      method: "POST", body, keepalive: alive, headers: { "X-CSRFToken": document.body.dataset.csrf, Accept: "application/json" },
    }).then((r) => r.json().then((data) => ({ ok: r.ok, status: r.status, data }))).then(({ ok, status: code, data }) => {
      if (ok) {
        const now = read().find((r) => r.key === row.key);
        if (now?.turn === row.turn) set({ ...now, ok: true });
        if (row.key === key()) say(data.kept ? `${data.at} 已存` : "");
      } else if (code === 409 && row.key === key() && !left) {
        // 这件在别处登记过了：手上的字另起一件
        remove(row.key);
        form.elements.begun.value = fresh();
        soon();
      } else say(data.error || "");
    }).catch(() => say(`${clock()} 已存本机，连上网络再存`));
  };
  const keep = (parked = false) => {
    clearTimeout(local);
    local = 0;
    const old = read().find((r) => r.key === key());
    const values = take();
    if (!started(values)) {
      if (!old) return null;
      remove(old.key);
      send({ ...old, values, turn: old.turn + 1, parked: false });
      return null;
    }
    const row = { ...old, key: key(), began: old?.began || Date.now(), turn: (old?.turn || 0) + 1, ok: false, parked, values, ...caret() };
    return set(row) ? row : say("本机存不下了，请尽快保存");
  };
  const push = (alive) => {
    clearTimeout(far);
    far = 0;
    const row = read().find((r) => r.key === key());
    return row && !row.ok ? send(row, alive) : undefined;
  };
  const soon = () => {
    if (left || call.restoring) return;
    clearTimeout(local);
    local = setTimeout(() => keep(), 150);
    far ||= setTimeout(() => { if (local) keep(); push(); }, 1200);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("keyup", soon); // 光标走动也算
  form.addEventListener("click", soon);
  form.addEventListener("focusout", (e) => e.target.name && caret());
  document.addEventListener("selectionchange", caret);
  const hurry = () => {
    if (left) return;
    if (local) keep();
    push(true);
  };
  addEventListener("pagehide", hurry);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && hurry());
  addEventListener("online", () => read().filter((r) => !r.ok).forEach((r) => send(r)));

  /* 没登记就离开：问一声（写的字不管怎样都留着）。交表、报突发、退出不问。 */
  let going = false;
  document.addEventListener("submit", (e) => {
    if (e.defaultPrevented) return;
    going = true;
    if (e.target !== form) return hurry();
    keep();
    const row = read().find((r) => r.key === key());
    if (row) set({ ...row, sent: true, once: form.elements._once.value });
    left = true;
    clearTimeout(local);
    clearTimeout(far);
    sessionStorage.setItem(SENT, key());
  });
  addEventListener("beforeunload", (e) => {
    if (!going && !left && started(take())) e.preventDefault();
  });
  addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });

  /* 打开时：上一张登记成了就收走；服务器上有、本机没有的补回来；在别处了结的拿掉。 */
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent && document.querySelector("[data-toast=success]")) remove(sent);
  else if (sent && document.querySelector("[data-toast=again]")) write(read().map((r) => (r.key === sent ? { ...r, sent: false, once: "" } : r)));
  form.elements.begun.value ||= fresh();
  const merge = ({ rows, ended }) => {
    const mine = read().filter((r) => !ended.includes(r.key) && r.key !== key());
    const here = read().filter((r) => r.key === key());
    const all = new Map(mine.map((r) => [r.key, r]));
    for (const row of rows) {
      if (row.key !== key() && !(all.get(row.key)?.turn >= row.turn)) all.set(row.key, { ...row, ok: true });
    }
    const list = [...all.values()].sort((a, b) => (a.order ?? a.began) - (b.order ?? b.began));
    write([...list, ...here]);
    list.filter((r) => !r.ok).forEach((r) => send(r));
  };
  const ask = () => {
    const keys = read().map((r) => r.key).join(",");
    return fetch(`${form.dataset.begun}?keys=${keys}`, { headers: { Accept: "application/json" } })
      .then((r) => (r.ok ? r.json() : null)).then((data) => data && merge(data)).catch(() => {});
  };
  addEventListener("storage", (e) => e.key === shelf && form.dispatchEvent(new CustomEvent("begun:change")));

  call.begun = {
    key, fresh, read, set, remove, take, put, words, started, keep, push, send,
    others: () => read().filter((r) => r.key !== key()),
  };
  document.addEventListener("DOMContentLoaded", ask);
})();
