/* 暂挂（Alt P）：正在写的一件收起来，马上接电话；Alt R 回到刚才那件的那一栏、那个字。
   没登记的都列在表单上方：接着办，或写明原因不登记（E5.2.1d）。 */
(() => {
  const call = window.call;
  const bar = document.getElementById("parked");
  if (!call?.begun || !bar) return;
  const { form, begun } = call;
  const BLANK = { channel: "phone", kind: "repair", when: "now", urgency: "normal", handling: "answer", courtesy: "apology" };
  const hour = (ms) => new Date(ms).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
  const make = (tag, cls, text = "") => Object.assign(document.createElement(tag), { className: cls, textContent: text });
  const FEW = 4;
  let open = false;
  let asking = ""; // 正在写不登记原因的那一件

  const clean = () => {
    form.reset();
    // 被退回的表单，reset 回到的是退回时的字，不是空表
    begun.put(BLANK);
    form.elements.begun.value = begun.fresh();
    [...form.querySelectorAll(".invalid-feedback"), document.querySelector(".errs")].forEach((el) => el?.remove());
    form.querySelectorAll("[aria-invalid]").forEach((el) => el.removeAttribute("aria-invalid"));
    form.querySelectorAll(".is-invalid").forEach((el) => el.classList.remove("is-invalid"));
  };
  /* 收起手上的；order 大的先回来。手上没写什么就不收。 */
  const aside = (order) => {
    const row = begun.keep(true);
    if (!row) return !begun.started(begun.take());
    if (!begun.set({ ...row, order })) return false;
    begun.push();
    return true;
  };
  const park = () => {
    if (!aside(Date.now())) return;
    clean();
    call.start();
  };
  const focus = (row) => {
    const same = [...form.elements].filter((el) => el.name === row.focus);
    const el = same.find((x) => x.type !== "radio" || x.checked) || same[0] || form.elements.content;
    el.focus();
    try { if (row.caret !== null) el.setSelectionRange(row.caret, row.caret_end ?? row.caret); } catch { /* 没有光标位置的栏 */ }
    el.scrollIntoView({ block: "nearest" });
  };
  const newest = (rows) => rows.reduce((best, r) => (!best || (r.order ?? r.began) >= (best.order ?? best.began) ? r : best), null);
  const resume = (wanted) => {
    const rows = begun.others();
    const row = wanted ? rows.find((r) => r.key === wanted) : newest(rows);
    if (!row) return;
    // 手上的排到最后，连按 Alt R 就轮一圈
    if (!aside(Math.min(...rows.map((r) => r.order ?? r.began)) - 1)) return;
    clean();
    form.elements.begun.value = row.key;
    begun.put(row.values, true);
    if (row.sent && row.once) form.elements._once.value = row.once;
    begun.set({ ...row, parked: false, ok: false, turn: row.turn + 1 });
    begun.push();
    focus(row);
  };

  const drop = (row, reason, said) => fetch(form.dataset.drop.replace("KEY", row.key), {
    method: "POST", body: new URLSearchParams({ reason }), headers: { "X-CSRFToken": document.body.dataset.csrf, Accept: "application/json" },
  }).then((r) => (r.status === 404 ? { done: true } : r.json())).then((data) => {
    if (!data.done) return (said.textContent = data.error);
    asking = "";
    begun.remove(row.key);
    return call.start();
  }).catch(() => (said.textContent = "没有连上服务器，请稍后再试。"));

  const why = (row) => {
    const box = make("div", "d-flex flex-wrap gap-2 align-items-center w-100");
    const label = make("label", "sm", "不登记的原因");
    const input = Object.assign(make("input", "form-control w-auto flex-grow-1"), { id: "why", maxLength: 200, autocomplete: "off", placeholder: "打错、骚扰、没说话就挂断" });
    label.htmlFor = "why";
    const said = make("span", "t-red sm w-100");
    said.setAttribute("role", "alert");
    const yes = Object.assign(make("button", "btn btn-sm", "不登记"), { type: "button" });
    yes.addEventListener("click", () => drop(row, input.value, said));
    input.addEventListener("keydown", (e) => {
      if (call.composing(e)) return;
      if (e.key === "Enter") { e.preventDefault(); e.stopPropagation(); drop(row, input.value, said); }
      if (e.key === "Escape") { asking = ""; show(); }
    });
    box.append(label, input, yes, said);
    return box;
  };
  const line = (row, next) => {
    const li = make("li", "");
    const top = make("div", "d-flex gap-2 align-items-center");
    const what = row.sent ? "交过一次，没有回音" : row.parked ? "暂挂" : "没登记完";
    top.append(make("span", "chip warn", what), make("span", "sm text-truncate flex-grow-1 min-w-0", `${hour(row.began)} ${begun.words(row.values).slice(0, 20) || "只接了起来"}`));
    const back = Object.assign(make("button", "btn btn-text btn-sm", "接着办"), { type: "button" });
    if (next) back.append(Object.assign(make("kbd", "", "Alt R"), { ariaHidden: "true" }));
    back.addEventListener("click", () => resume(row.key));
    const no = Object.assign(make("button", "btn btn-text btn-sm", "不登记…"), { type: "button" });
    no.addEventListener("click", () => {
      asking = row.key;
      show();
      document.getElementById("why")?.focus();
    });
    top.append(back, no);
    li.append(top);
    if (asking === row.key) li.append(why(row));
    return li;
  };
  const show = () => {
    if (asking && document.activeElement?.id === "why") return; // 正在写原因，别换掉
    const rows = begun.others();
    const next = newest(rows);
    // 先回来的在上面；太多时只列几件，其余点开
    rows.sort((a, b) => (b.order ?? b.began) - (a.order ?? a.began));
    const shown = open ? rows : rows.slice(0, FEW);
    bar.hidden = !rows.length;
    bar.querySelector("[data-count]").textContent = rows.length ? `还有 ${rows.length} 件没有登记` : "";
    bar.querySelector("[data-rows]").replaceChildren(...shown.map((r) => line(r, r === next)));
    if (rows.length <= shown.length) return;
    const more = Object.assign(make("button", "btn btn-text btn-sm", `另有 ${rows.length - shown.length} 件`), { type: "button" });
    more.addEventListener("click", () => {
      open = true;
      show();
    });
    const li = make("li", "");
    li.append(more);
    bar.querySelector("[data-rows]").append(li);
  };

  document.addEventListener("keydown", (e) => {
    if (!e.altKey || e.ctrlKey || e.metaKey || call.composing(e) || document.querySelector("dialog[open]")) return;
    if (e.code === "KeyP") park();
    else if (e.code === "KeyR") resume();
    else return;
    e.preventDefault();
  });
  document.addEventListener("click", (e) => e.target.closest("[data-act=park]") && park());
  form.addEventListener("begun:change", show);
  document.addEventListener("DOMContentLoaded", show);
})();
