/* 内容写着写着就归好类、选好师傅，并提醒同一户或同一类的未结单；地址有房号可选。前台改过的不再动。 */
(() => {
  const call = window.call;
  if (!call) return;
  const { form, field, value } = call;
  const chips = document.getElementById("suggest");
  const dup = document.getElementById("similar");
  const touched = new Set();
  let timer = 0;
  let turn = 0;
  const make = (tag, cls, text) => Object.assign(document.createElement(tag), { className: cls, textContent: text });

  for (const name of ["category", "repairer"]) {
    field(name)?.addEventListener("change", () => touched.add(name));
  }
  form.addEventListener("reset", () => touched.clear());
  // 接着办的一件：选过的就是人选的
  form.addEventListener("begun:put", () => ["category", "repairer"].forEach((name) => touched.add(name)));
  const set = (name, v) => {
    const f = field(name);
    if (f && v && !touched.has(name) && [...f.options].some((o) => o.value === String(v))) f.value = v;
  };
  /* 同一处、同一类还没修好的：多半是又来催的，先替前台选好“并入”，要新建再改。选过的不再动。 */
  const main = form.querySelector('[data-main][data-for="repair"] [data-label]');
  const plain = main?.textContent;
  let decided = false;
  let rows = [];
  const picked = () => rows.find((r) => r.no === value("join"));
  const label = () => {
    const one = picked();
    if (main) main.textContent = one ? `并入 ${one.no}` : plain;
    const only = form.querySelector("[data-only]");
    if (only && call.kind() === "repair") only.hidden = !!one;
    dup.querySelectorAll("[data-join]").forEach((b) => b.setAttribute("aria-pressed", b.dataset.join === value("join")));
    dup.querySelectorAll("[data-join]").forEach((b) => b.classList.toggle("btn-primary", b.dataset.join === value("join")));
  };
  const join = (no) => {
    if (value("join") !== no) {
      field("join").value = no;
      form.dispatchEvent(new Event("change"));
    }
    label();
  };
  const button = (no, text, title) => {
    const b = Object.assign(make("button", "btn btn-sm", text), { type: "button", title: title || "" });
    b.dataset.join = no;
    b.addEventListener("click", () => {
      decided = true;
      join(no);
    });
    return b;
  };
  const similar = (found) => {
    rows = found;
    dup.hidden = !rows.length;
    const text = make("div", "stack w-100");
    const same = rows.find((r) => r.same);
    if (rows.length) text.append(make("b", "", same ? "已经报过，还没修好：" : "这里还有没结的单："));
    for (const r of rows) {
      const line = make("div", "d-flex flex-wrap gap-2 align-items-center");
      line.append(Object.assign(make("a", "py-1", `${r.no} ${r.title}`), { href: r.url, target: "_blank" }), make("span", "sm", r.meta), button(r.no, `并入（第 ${r.next} 次来电）`));
      if (r === rows[rows.length - 1]) line.append(button("", "仍要新建"));
      text.append(line);
    }
    dup.querySelector("[data-text]").replaceChildren(text);
    if (!picked()) field("join").value = "";
    if (!decided) join(same ? same.no : "");
    label();
  };
  form.addEventListener("reset", () => {
    decided = false;
    rows = [];
    dup.hidden = true;
    field("join").value = "";
    label();
  });
  form.addEventListener("begun:put", () => (decided = true));
  form.addEventListener("call:change", label);
  const render = (data) => {
    chips.replaceChildren();
    if (data.category) {
      set("category", data.category.id);
      chips.append("按关键词归类", make("span", "chip brand", data.category.label));
      if (call.kind() === "repair" && data.trade) chips.append(make("span", "chip", `建议派：${data.trade}组`));
    }
    if (data.repairer) set("repairer", data.repairer);
    similar(data.similar || []);
    form.dispatchEvent(new CustomEvent("call:suggested", { detail: data }));
    call.refresh();
  };
  const ask = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const mine = ++turn;
      const q = new URLSearchParams({ text: value("content"), place: value("place"), kind: call.kind() });
      fetch(`${form.dataset.suggest}?${q}`, { headers: { Accept: "application/json" } })
        .then((r) => (r.ok ? r.json() : null))
        .then((data) => data && mine === turn && render(data))
        .catch(() => {});
    }, 260);
  };
  field("content").addEventListener("input", ask);
  field("place").addEventListener("change", ask);
  form.querySelectorAll('[name="kind"]').forEach((r) => r.addEventListener("change", () => {
    limit();
    ask();
  }));

  /* 类别只列当前类型的；服务器再查一遍。 */
  const limit = () => {
    const f = field("category");
    if (!f) return;
    const kind = call.kind();
    [...f.querySelectorAll("optgroup")].forEach((g) => (g.hidden = g.disabled = g.dataset.kind !== kind));
    const now = f.selectedOptions[0];
    if (now?.parentElement.disabled) f.value = "";
  };
  document.addEventListener("DOMContentLoaded", () => {
    limit();
    if (value("content")) ask();
  });

  const place = field("place");
  const list = document.getElementById("units");
  let wait = 0;
  const units = () => fetch(`${form.dataset.units}?q=${encodeURIComponent(value("place"))}`, { headers: { Accept: "application/json" } })
    .then((r) => (r.ok ? r.json() : { units: [] }));
  place.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => value("place") && units().then((data) => {
      list.replaceChildren(...data.units.map((u) => Object.assign(document.createElement("option"), { value: u.label, label: u.hint })));
    }).catch(() => {}), 160);
  });
  place.addEventListener("change", () => value("place") && units().then((data) => {
    if (data.exact) place.value = data.exact;
    call.refresh();
    ask();
  }).catch(() => {}));
})();
