/* 话术随光标切换，该问的几项填好一项勾一项，复述句现编。文字是后台的“话术”，在页面的 <template data-say> 里。 */
(() => {
  const call = window.call;
  const script = document.getElementById("script");
  if (!call || !script) return;
  const { form, value } = call;
  const line = script.querySelector("[data-line]");
  const steps = [...script.querySelectorAll(".steps [data-step]")];
  const asks = [...script.querySelectorAll("[data-ask]")];
  const CALLER = ["number", "place", "caller_name", "caller_title", "company", "channel"];
  const CHECK = ["when", "appoint_at", "agreed_reason", "agreed_with", "repairer", "repeated", "handling", "reply", "reply_due_at"];
  let spot = "start";
  let asked = false;
  let said = "";

  const has = (name) => script.querySelector(`template[data-say="${name}"]`);
  const VISIT = { start: "welcome", end: "farewell" };
  /* 请人等候时只说等候的话；别的随光标，来访与电话各有各的问候。 */
  call.waiting = "";
  const key = () => {
    if (call.waiting) return call.waiting;
    if (form.dataset.leader && spot !== "start") return "leader";
    const here = value("channel") === "visit" && VISIT[spot];
    return here && has(here) ? here : spot === "content" ? call.kind() : spot;
  };
  const say = () => {
    const t = has(key()) || has("other");
    if (!t) return;
    const copy = t.content.cloneNode(true);
    copy.querySelectorAll('[data-v="who"]').forEach((el) => (el.textContent = call.who()));
    const text = copy.textContent;
    if (text !== said) {
      said = text;
      line.replaceChildren(copy);
    }
    steps.forEach((s) => (s.dataset.step === t.dataset.step ? s.setAttribute("aria-current", "step") : s.removeAttribute("aria-current")));
  };
  const mine = (li) => li.dataset.kinds.split(" ").includes(call.kind() === "repair" ? "repair" : "other");
  const known = (name) => (name === "when" ? (value("when") === "later" ? !!value("appoint_at") : asked) : !!value(name));
  /* 回车按该问的次序走：这一问之后第一样还没问清的；都问清了，就按表上的次序。 */
  call.nextAsk = (name) => {
    const order = asks.filter(mine).map((li) => li.dataset.ask);
    return order.slice(order.indexOf(name) + 1).find((n) => !known(n)) || "";
  };
  call.asked = (name) => asks.some((li) => mine(li) && li.dataset.ask === name);
  const tick = () => {
    for (const li of asks) {
      li.hidden = !mine(li);
      const done = known(li.dataset.ask);
      li.classList.toggle("y", done);
      li.querySelector("[data-off]").classList.toggle("d-none", done);
      li.querySelector("[data-on]").classList.toggle("d-none", !done);
      li.querySelector("[data-done]").hidden = !done;
    }
  };
  const readback = () => {
    const out = document.getElementById("readback");
    if (!out) return;
    const digits = value("number").replace(/\D/g, "");
    const parts = [value("company"), value("place"), value("content").replace(/[。.!！]+$/, "")].filter(Boolean);
    if (call.kind() === "repair" && parts.length) {
      const at = value("appoint_at");
      parts.push(value("when") === "later" ? (at ? `师傅${Number(at.slice(5, 7))}月${Number(at.slice(8, 10))}日${at.slice(11)}到` : "师傅按约定时间到") : `师傅${call.by()}前到`);
    }
    const due = value("reply_due_at");
    if (call.kind() !== "repair" && value("handling") === "promise" && due) parts.push(`${Number(due.slice(5, 7))}月${Number(due.slice(8, 10))}日${due.slice(11)}前给您回电`);
    if (call.kind() !== "repair" && value("handling") === "transfer" && value("transfer_to")) parts.push(`转给${value("transfer_to")}答复您`);
    if (digits.length >= 4) parts.push(`联系电话尾号${digits.slice(-4)}`);
    out.textContent = parts.length ? `${call.who()}，我跟您核对一下：${parts.join("，")}，对吗？` : "填好后照这句话复述一遍。";
  };
  const all = () => {
    say();
    tick();
    readback();
  };
  const move = (e) => {
    const name = e.target.name;
    if (["rings", "kind", "other_kind", "rings_count", "rings_reason"].includes(name)) spot = "start";
    else if (CALLER.includes(name)) spot = "caller";
    else if (name === "content" || name === "category") spot = "content";
    else if (CHECK.includes(name)) spot = "check";
    else if (e.target.type === "submit") spot = "end";
    if (name === "when") asked = true;
    all();
  };
  form.addEventListener("reset", () => {
    asked = false;
    spot = "start";
    form.dataset.leader = "";
  });
  form.addEventListener("focusin", move);
  form.addEventListener("call:change", all);
  document.addEventListener("DOMContentLoaded", all);
})();
