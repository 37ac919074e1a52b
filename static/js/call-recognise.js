/* 来电号码一输完就认人，怎么写都认：一位直接填好，几位问是哪一位（回车到第一位，数字键直接选），认不出就说明会新建。 */
(() => {
  const call = window.call;
  const box = document.getElementById("hit");
  if (!call || !box) return;
  const { form, field, value } = call;
  let filled = {}; // 由识别填入、前台没改过的值；换号码时可以安全换掉
  let timer = 0;
  let last = "";
  let turn = 0;
  let quiet = false; // 接着办时只认人，不改写过的字

  const put = (name, v) => {
    const f = field(name);
    if (!f || quiet || (f.value && f.value !== filled[name])) return;
    f.value = v || (name === "caller_title" ? f.value : "");
    filled[name] = f.value;
  };
  const make = (tag, cls, text) => Object.assign(document.createElement(tag), { className: cls, textContent: text });

  const show = (p) => {
    box.replaceChildren(make("span", "b", [p.unit, p.name].filter(Boolean).join("·")));
    if (p.kind) box.append(make("span", "chip", p.kind));
    if (p.leader) box.append(make("span", "chip warn", "公司领导：简洁，复述，让对方先挂"));
    box.append(make("span", "mut", p.history));
    if (p.url) box.append(Object.assign(make("a", "ms-auto py-1", "看记录"), { href: p.url }));
  };
  const choose = (p) => {
    field("resident").value = p.id;
    form.dataset.leader = p.leader ? "1" : "";
    put("place", p.unit);
    put("caller_name", p.name);
    put("caller_title", p.title);
    put("company", p.company);
    show(p);
    call.known = true;
    call.refresh();
  };
  const several = (people) => {
    box.replaceChildren(make("span", "b w-100", `这个号码有 ${people.length} 位，请问是哪一位？`));
    people.forEach((p, i) => {
      const b = make("button", "btn btn-sm");
      b.type = "button";
      b.append(Object.assign(make("kbd", "", String(i + 1)), { ariaHidden: "true" }), [p.name, p.unit || p.company, p.leader ? "公司领导" : ""].filter(Boolean).join("·"));
      b.addEventListener("click", () => {
        quiet = false;
        choose(p);
        call.focus("content");
      });
      box.append(b);
    });
    call.ask = () => box.querySelector("button")?.focus();
  };
  box.addEventListener("keydown", (e) => {
    if (call.composing(e) || e.ctrlKey || e.metaKey || e.altKey || !/^[1-9]$/.test(e.key)) return;
    const one = box.querySelectorAll("button")[Number(e.key) - 1];
    if (!one) return;
    e.preventDefault();
    e.stopPropagation();
    one.click();
  });
  const render = (data) => {
    const kept = quiet ? data.people.find((p) => String(p.id) === field("resident").value) : null;
    call.known = false;
    call.ask = null;
    if (!quiet) field("resident").value = "";
    box.hidden = false;
    if (kept) choose(kept);
    else if (data.people.length === 1) choose(data.people[0]);
    else if (data.people.length > 1) several(data.people);
    else {
      form.dataset.leader = "";
      ["place", "caller_name", "company"].forEach((n) => put(n, ""));
      box.replaceChildren(make("span", "mut", "没见过这个号码：问清贵姓、房号和单位"));
    }
    call.refresh();
  };

  const look = () => {
    const number = value("number"); // 原样送去：+86、0086、括号、分机都由服务器认
    if (number === last) return call.pending;
    last = number;
    const mine = ++turn;
    if (number.normalize("NFKC").replace(/\D/g, "").length < 3) {
      box.hidden = true;
      call.known = false;
      call.ask = null;
      form.dataset.leader = "";
      return Promise.resolve();
    }
    return fetch(`${form.dataset.lookup}?number=${encodeURIComponent(number)}`, { headers: { Accept: "application/json" } })
      .then((r) => (r.ok ? r.json() : { people: [] }))
      .then((data) => mine === turn && render(data))
      .catch(() => {});
  };
  const ask = () => {
    clearTimeout(timer);
    call.pending = new Promise((done) => (timer = setTimeout(() => look().then(done), 180)));
  };
  form.addEventListener("reset", () => {
    filled = {};
    last = "";
    quiet = false;
    call.ask = null;
    field("resident").value = "";
  });
  form.addEventListener("begun:put", () => {
    filled = {};
    last = "";
    quiet = true;
  });
  field("number").addEventListener("input", (e) => { if (e.isTrusted) quiet = false; });
  for (const what of ["input", "change"]) field("number").addEventListener(what, ask);
  field("number").addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || call.composing(e)) return;
    clearTimeout(timer);
    call.pending = look() || Promise.resolve();
  }, true);
  document.addEventListener("DOMContentLoaded", () => value("number") && (call.pending = look()));
})();
