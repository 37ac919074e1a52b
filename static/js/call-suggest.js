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
  const similar = (rows) => {
    dup.hidden = !rows.length;
    if (!rows.length) return;
    const text = make("div", "", "");
    text.append(make("b", "", "可能已经报过："));
    rows.forEach((r, i) => {
      if (i) text.append("；");
      text.append(Object.assign(make("a", "py-1", `${r.no} ${r.title}`), { href: r.url }), make("span", "sm", `（${r.meta}）`));
    });
    dup.querySelector("[data-text]").replaceChildren(text);
  };
  const render = (data) => {
    chips.replaceChildren();
    if (data.category) {
      set("category", data.category.id);
      chips.append("按关键词归类", make("span", "chip brand", data.category.label));
      if (call.kind() === "repair" && data.trade) chips.append(make("span", "chip", `建议派：${data.trade}组`));
    }
    if (data.repairer) set("repairer", data.repairer);
    similar(data.similar || []);
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
