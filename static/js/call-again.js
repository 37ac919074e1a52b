/* 三十天内修过的同一处、同一类：问一句是不是返修。点了才算，不点就是新的一单。 */
(() => {
  const form = document.getElementById("call");
  const box = document.getElementById("mended");
  const origin = form?.elements.origin;
  if (!origin || !box) return;
  const make = (tag, cls, text) => Object.assign(document.createElement(tag), { className: cls, textContent: text });
  let rows = [];
  const draw = () => {
    const repair = window.call.kind() === "repair" && !form.elements.join.value;
    if (!rows.some((r) => r.no === origin.value)) origin.value = "";
    box.hidden = !repair || !rows.length;
    const all = make("div", "stack w-100");
    if (rows.length) all.append(make("b", "", "三十天内修过这里，是不是返修？"));
    for (const r of rows) {
      const on = r.no === origin.value;
      const line = make("div", "d-flex flex-wrap gap-2 align-items-center");
      const pick = Object.assign(make("button", `btn btn-sm${on ? " btn-primary" : ""}`, on ? "已记为返修" : "是返修"), { type: "button" });
      pick.setAttribute("aria-pressed", on);
      pick.setAttribute("aria-label", `${r.no} 的返修`);
      pick.addEventListener("click", () => {
        origin.value = on ? "" : r.no;
        form.dispatchEvent(new Event("change"));
        draw();
      });
      line.append(Object.assign(make("a", "py-1", `${r.no} ${r.title}`), { href: r.url, target: "_blank" }), make("span", "sm", r.meta), pick);
      all.append(line);
    }
    box.querySelector("[data-text]").replaceChildren(all);
  };
  form.addEventListener("call:suggested", (e) => {
    rows = e.detail.mended || [];
    draw();
  });
  form.addEventListener("call:change", () => {
    if (!box.hidden !== (window.call.kind() === "repair" && !form.elements.join.value && rows.length > 0)) draw();
  });
  form.addEventListener("reset", () => {
    rows = [];
    origin.value = "";
    draw();
  });
})();
