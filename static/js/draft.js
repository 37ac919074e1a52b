/* 打过的字不丢：带 data-draft 的表单边填边存在本机，下次打开时可以恢复；交成功（页面上有办好的提示）才清。
   恢复一份交过却没有回音的内容时，连同它的一次性号一起恢复，再交也只算一次。 */
(() => {
  if (window.drafts) return;
  window.drafts = true;
  const WEEK = 7 * 86400e3;
  const prefix = `draft:${document.body.dataset.user || ""}:`;
  const SENT = "draft-sent";
  const read = (key) => {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  };
  const write = (key, value) => {
    try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; }
  };
  const clock = (ms) => new Date(ms).toLocaleString("zh-CN", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false });

  // 上一页交出去的那份，有没有办成
  const sent = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  if (sent && document.querySelector("[data-toast=success]")) localStorage.removeItem(sent);
  else if (sent && document.querySelector("[data-toast=again]") && read(sent)) {
    // 那张表早就交过了，这份是另一件：字留着，旧的一次性号不能再用
    write(sent, { ...read(sent), sent: false, once: "" });
  }
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("draft:") && Date.now() - (read(key)?.at || 0) > WEEK) localStorage.removeItem(key);
  }

  /* 前台的电脑几个人轮着用：退出时把本人没交的内容一起清掉，先问一声。 */
  document.addEventListener("submit", (e) => {
    if (!e.target.matches("form[data-sign-out]")) return;
    const parked = `park:${document.body.dataset.user}`;
    const drafts = Object.keys(localStorage).filter((k) => k.startsWith(prefix));
    const calls = read(parked) || [];
    const words = [
      drafts.length ? "本机还有您没交的草稿，退出会清掉。" : "",
      calls.length ? `还有 ${calls.length} 件来电没有登记，已存在您名下，下次登录接着办；本机上的会清掉。` : "",
    ].join("");
    if (words && !confirm(`${words}确定退出吗？`)) return e.preventDefault();
    drafts.forEach((k) => localStorage.removeItem(k));
    // 现场页存在手机里的样子也清掉；没发出去的步骤留着
    window.caches?.keys().then((names) => names.filter((n) => n.startsWith("field-")).forEach((n) => caches.delete(n)));
    // 服务器还没收到的来电不能清：那是唯一的一份，只有本人登录才看得到
    const unsaved = calls.filter((row) => !row.ok);
    if (unsaved.length) return write(parked, unsaved);
    return localStorage.removeItem(parked);
  });

  const typed = (el) => el.name && !["hidden", "password", "file", "submit", "button"].includes(el.type);
  const on = (el) => (["checkbox", "radio"].includes(el.type) ? (el.checked ? el.value : null) : el.value);
  const changed = (el) =>
    ["checkbox", "radio"].includes(el.type) ? el.checked !== el.defaultChecked
      : el.tagName === "SELECT" ? [...el.options].some((o) => o.selected !== o.defaultSelected) && el.selectedIndex > 0
      : el.value !== el.defaultValue;

  const take = (form) => {
    const fields = {};
    for (const el of form.elements) if (typed(el)) (fields[el.name] ||= []).push(on(el));
    const at = document.activeElement;
    const caret = form.contains(at) && at.name ? { name: at.name, at: at.selectionStart ?? null } : null;
    return { at: Date.now(), fields, caret };
  };
  const give = (form, draft) => {
    const seen = {};
    form.dispatchEvent(new CustomEvent("draft:give", { detail: draft.fields }));
    for (const el of form.elements) {
      if (!typed(el) || !draft.fields[el.name]) continue;
      const i = (seen[el.name] = (seen[el.name] ?? -1) + 1);
      const value = draft.fields[el.name][i];
      if (["checkbox", "radio"].includes(el.type)) el.checked = value !== null && value !== undefined;
      else if (value !== undefined) el.value = value;
    }
    if (draft.once && form.elements._once) form.elements._once.value = draft.once;
    for (const el of form.elements) if (typed(el)) el.dispatchEvent(new Event("change", { bubbles: true }));
    const back = draft.caret && form.elements[draft.caret.name];
    if (!back?.focus) return;
    back.focus();
    try { if (draft.caret.at !== null) back.setSelectionRange(draft.caret.at, draft.caret.at); } catch { /* 数字框没有光标位置 */ }
  };

  const offer = (form, key, draft) => {
    const box = document.createElement("div");
    box.className = "note warn align-items-center flex-wrap";
    box.setAttribute("role", "status");
    const text = document.createElement("span");
    text.textContent = draft.sent ? `${clock(draft.at)} 交过一次，没有收到回音。` : `${clock(draft.at)} 有没交完的内容。`;
    const button = (label, css, act) => {
      const b = document.createElement("button");
      b.type = "button";
      b.className = `btn btn-sm ${css}`;
      b.textContent = label;
      b.addEventListener("click", () => { box.remove(); act(); });
      return b;
    };
    box.append(text, button("恢复", "ms-auto", () => give(form, draft)), button("不用了", "btn-text", () => localStorage.removeItem(key)));
    const fold = form.closest("details");
    if (fold) fold.open = true;
    form.prepend(box);
  };

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = prefix + form.dataset.draft;
    const line = form.querySelector("[data-draft-status]");
    let timer = 0;
    const save = () => {
      clearTimeout(timer);
      timer = 0;
      if (![...form.elements].some((el) => typed(el) && changed(el))) return;
      if (write(key, take(form)) && line) line.textContent = `${new Date().toLocaleTimeString("zh-CN", { hour12: false })} 已存草稿`;
    };
    const soon = (e) => { if (e.isTrusted !== false || !timer) { clearTimeout(timer); timer = setTimeout(save, 250); } };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    addEventListener("pagehide", () => { if (timer) save(); });
    form.addEventListener("submit", (e) => {
      if (e.defaultPrevented) return;
      save();
      const draft = read(key);
      if (!draft) return;
      write(key, { ...draft, sent: true, once: form.elements._once?.value || "" });
      sessionStorage.setItem(SENT, key);
    });
    const draft = read(key);
    const refused = document.querySelector(".errs") || form.querySelector("[aria-invalid=true],.is-invalid");
    if (draft && !refused) offer(form, key, draft);
  }
})();
