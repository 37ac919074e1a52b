/* 来电登记：按类型显示该问的几栏，数字键选类型，回车到下一栏（输入法选字时的回车不算）。
   其余行为（识别来电、话术、归类建议）各在自己的文件里，经 window.call 互通。 */
(() => {
  const form = document.getElementById("call");
  if (!form) return;
  const all = (s, r = form) => [...r.querySelectorAll(s)];
  const field = (name) => form.elements[name];
  const value = (name) => {
    const f = field(name);
    return f ? String(f.value ?? "").trim() : "";
  };
  const composing = (e) => e.isComposing || e.keyCode === 229;
  const shown = (el) => !el.disabled && el.type !== "hidden" && el.getClientRects().length > 0;
  // 已识别住户时，号码栏的回车要等查询回来再决定跳到哪一栏。
  const call = (window.call = { form, field, value, all, composing, pending: Promise.resolve(), known: false });

  call.kind = () => value("kind") || "repair";
  call.who = () => {
    const name = value("caller_name");
    const title = value("caller_title");
    const compound = /^(欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|东方|端木)/.exec(name);
    if (!name) return "您";
    return title ? (compound ? compound[1] : name[0]) + title : name;
  };
  call.minutes = () => Number(form.dataset.minutes || 30);
  call.by = () => {
    const at = new Date(Date.now() + call.minutes() * 60000);
    return at.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai" });
  };

  /* data-for="repair" 或 data-for="!repair"；data-when="later"；data-handling="promise" … */
  const matches = (rule, now) => rule.split(" ").some((w) => (w[0] === "!" ? w.slice(1) !== now : w === now));
  const refresh = () => {
    const facts = {
      for: call.kind(), when: value("when"), handling: value("handling"), rings: value("rings"), channel: value("channel"),
      other: value("other_kind"),
    };
    for (const [key, now] of Object.entries(facts)) {
      all(`[data-${key}]`).forEach((el) => {
        const off = !matches(el.getAttribute(`data-${key}`), now);
        el.hidden = off;
        if (el.tagName === "FIELDSET") el.disabled = off;
      });
    }
    all("details[data-late]").forEach((d) => (d.open ||= !!(value("recorded_at") || value("backdate_reason"))));
    all("[data-by]").forEach((el) => (el.textContent = call.by()));
    form.dispatchEvent(new CustomEvent("call:change"));
  };
  call.refresh = refresh;
  form.addEventListener("change", (e) => {
    // 投诉、突发自有后续程序，先登记即可；其余要么答复、要么约定。
    if (e.target.name === "kind") pick("handling", ["complaint", "emergency"].includes(e.target.value) ? "later" : "answer");
    refresh();
  });
  form.addEventListener("input", refresh);
  setInterval(refresh, 20000);

  const pick = (name, v) => {
    const radio = form.querySelector(`[name="${name}"][value="${v}"]`);
    if (!radio || radio.disabled) return false;
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    refresh();
    return true;
  };
  call.pick = pick;
  const checked = (name) => [...form.elements].find((el) => el.name === name && (el.checked || el.type !== "radio"));
  call.focus = (name) => {
    const el = checked(name) || [...form.elements].find((x) => x.name === name);
    el?.focus();
    el?.select?.();
  };
  call.start = () => {
    const ring = [...form.elements].find((el) => el.name === "rings" && shown(el));
    call.focus(ring ? "rings" : "kind");
    form.scrollIntoView({ block: "nearest" });
  };

  /* 依次要走到的栏：一组单选只停一次。 */
  const stops = () => {
    const seen = new Set();
    return [...form.elements].filter((el) => {
      if (!shown(el) || !el.matches("input,select,textarea,button[type=submit]")) return false;
      if (el.type !== "radio") return true;
      if (seen.has(el.name) || !el.checked) return false;
      return seen.add(el.name);
    });
  };
  const next = (el) => {
    const list = stops();
    const i = list.findIndex((x) => x === el || (x.type === "radio" && x.name === el.name));
    const to = list[i + 1];
    to?.focus();
    to?.select?.();
  };

  const KINDS = ["repair", "enquiry", "complaint", "advice", "emergency", "other"];
  const RINGS = ["1", "2", "3", "more"];
  const digit = (e) => {
    const n = Number(e.key);
    if (!/^[1-6]$/.test(e.key)) return false;
    if (e.target.name === "rings") {
      if (!pick("rings", RINGS[n - 1])) return false;
      call.focus(n === 4 ? "rings_count" : "kind");
      return true;
    }
    if (e.target.name !== "kind" || !pick("kind", KINDS[n - 1])) return false;
    call.focus(n === 6 ? "other_kind" : "number");
    return true;
  };
  call.kindKey = (key) => {
    if (!/^[1-6]$/.test(key) || !pick("kind", KINDS[Number(key) - 1])) return false;
    call.focus(key === "6" ? "other_kind" : "number");
    return true;
  };

  const enter = (e) => {
    if (e.target.name === "number" && value("number")) {
      call.pending.then(() => (call.known ? call.focus("content") : call.ask ? call.ask() : follow(e.target, "")));
    } else if (e.target.name === "rings") {
      call.focus("kind");
    } else if (call.asked(e.target.name)) {
      follow(e.target, e.target.name);
    } else {
      next(e.target);
    }
  };
  /* 该问的下一样；都问了，不报修的到怎样答复；再没有了，就到表上的下一栏。 */
  const ANSWERS = { answer: "reply", promise: "reply_due_at", transfer: "transfer_to" };
  const follow = (el, name) => {
    const answer = call.kind() === "repair" ? "" : ANSWERS[value("handling")];
    const to = call.nextAsk(name) || (answer && !value(answer) ? answer : "");
    if (to) call.focus(to);
    else next(el);
  };
  const onKey = (e) => {
    if (composing(e) || e.defaultPrevented || (e.target.form && e.target.form !== form)) return;
    if (e.altKey && !e.ctrlKey && !e.metaKey && e.code === "KeyC") {
      e.preventDefault();
      field("repeated").click();
    } else if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      form.requestSubmit(form.querySelector("[data-main]:not([hidden])"));
    } else if (e.key === "Enter" && !e.shiftKey && e.target.matches("input,select,textarea")) {
      e.preventDefault();
      enter(e);
    } else if (!e.ctrlKey && !e.metaKey && !e.altKey && e.target.matches("[type=radio]") && digit(e)) {
      e.preventDefault();
    }
  };
  form.addEventListener("keydown", onKey);
  /* 从打第一个字算起的通话时长。 */
  const talking = document.getElementById("talking");
  let since = 0;
  form.addEventListener("input", () => (since ||= Date.now()));
  form.addEventListener("reset", () => (since = 0));
  setInterval(() => {
    talking.hidden = !since || value("channel") !== "phone";
    const s = Math.floor((Date.now() - since) / 1000);
    talking.lastElementChild.textContent = `${String(Math.floor(s / 60)).padStart(2, "0")}:${String(s % 60).padStart(2, "0")}`;
  }, 1000);

  document.addEventListener("DOMContentLoaded", () => {
    refresh();
    if (!document.querySelector(".errs") && matchMedia("(min-width:768px)").matches) call.start();
  });
})();
