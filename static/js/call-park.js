/* 暂挂（Alt P）：正在写的一件先收起来接电话，回头一键接着写，光标回到原处。内容只存在本机、本账号名下。 */
(() => {
  const call = window.call;
  const bar = document.getElementById("parked");
  if (!call || !bar) return;
  const { form } = call;
  const key = `park:${form.dataset.user}`;
  const SKIP = new Set(["csrfmiddlewaretoken", "_once"]);
  // 被退回的表单，reset 回到的是退回时的字，不是空表。
  const BLANK = { channel: "phone", kind: "repair", when: "now", urgency: "normal", handling: "answer" };
  const typed = (values) => values.content || values.number || values.caller_name || values.place || values.reply || values.company;
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key) || "[]");
    } catch {
      return [];
    }
  };
  const write = (rows) => {
    try {
      localStorage.setItem(key, JSON.stringify(rows));
      return true;
    } catch {
      return false; // 存不下就不收起来，免得丢字
    }
  };
  const show = () => {
    const rows = read();
    bar.hidden = !rows.length;
    bar.querySelector("[data-count]").textContent = rows.length ? `暂挂 ${rows.length} 件：${rows[0].at} ${rows[0].title}` : "";
  };
  const fields = () => [...form.elements].filter((el) => el.name && !SKIP.has(el.name) && el.type !== "submit");
  const take = () => {
    const values = {};
    for (const el of fields()) {
      if (el.type === "radio") {
        if (el.checked) values[el.name] = el.value;
      } else values[el.name] = el.type === "checkbox" ? el.checked : el.value;
    }
    return values;
  };
  const put = (values) => {
    for (const el of fields()) {
      const v = values[el.name];
      if (el.type === "radio") el.checked = v === el.value;
      else if (el.type === "checkbox") el.checked = !!v;
      else el.value = v ?? "";
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.elements.number.dispatchEvent(new Event("change"));
    call.refresh();
  };
  const park = () => {
    const values = take();
    if (!typed(values)) return call.start();
    const el = document.activeElement;
    const at = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
    const row = { at, title: typed(values).slice(0, 20), values, focus: el?.name || "", caret: el?.selectionStart ?? null };
    if (!write([...read(), row])) return undefined;
    form.reset();
    put(BLANK);
    [...form.querySelectorAll(".invalid-feedback"), document.querySelector(".errs")].forEach((el) => el?.remove());
    show();
    return call.start();
  };
  const resume = () => {
    const [row, ...rest] = read();
    if (!row) return;
    const now = take();
    if (typed(now)) rest.push({ at: row.at, title: typed(now).slice(0, 20), values: now, focus: "content", caret: null });
    if (!write(rest)) return;
    put(row.values);
    show();
    const el = [...form.elements].find((x) => x.name === row.focus && (x.type !== "radio" || x.checked)) || form.elements.content;
    el.focus();
    if (row.caret !== null && el.setSelectionRange && el.type !== "number") el.setSelectionRange(row.caret, row.caret);
  };
  document.addEventListener("keydown", (e) => {
    if (!e.altKey || e.ctrlKey || e.metaKey || e.isComposing) return;
    if (e.code === "KeyP") park();
    else if (e.code === "KeyR") resume();
    else return;
    e.preventDefault();
  });
  document.addEventListener("click", (e) => {
    if (e.target.closest("[data-act=park]")) park();
    if (e.target.closest("[data-act=unpark]")) resume();
  });
  addEventListener("storage", show);
  document.addEventListener("DOMContentLoaded", show);
})();
