/* 维修单页：#m-… 打开对应的办理栏并把光标放进去；材料可以再加一行；另约、未签字等附栏按需出现。 */
(() => {
  const open = () => {
    const el = location.hash.startsWith("#m-") && document.getElementById(location.hash.slice(1));
    if (!el) return;
    el.open = true;
    el.scrollIntoView({ block: "center" });
    el.querySelector("input:not([type=hidden]),select,textarea")?.focus();
  };
  addEventListener("hashchange", open);
  document.addEventListener("DOMContentLoaded", open);
  document.addEventListener("click", (e) => {
    const link = e.target.closest('a[href^="#m-"]');
    if (link && link.getAttribute("href") === location.hash) {
      e.preventDefault();
      const fold = document.getElementById(location.hash.slice(1));
      // 手机底栏的大按钮：栏已打开就是“交”，没打开才是“填”。
      if (link.closest(".act") && fold?.open) fold.querySelector("form").requestSubmit();
      else open();
    }
    const add = e.target.closest("[data-act=add-row]");
    if (!add) return;
    const box = add.closest("[data-rows]");
    const rows = box.querySelectorAll("[data-row]");
    const total = box.querySelector('[name$="TOTAL_FORMS"]');
    const copy = rows[rows.length - 1].cloneNode(true);
    const swap = (s) => s.replace(/-\d+-/, `-${total.value}-`);
    copy.querySelectorAll("input").forEach((el) => {
      el.name = swap(el.name);
      el.id = swap(el.id);
      el.value = "";
    });
    copy.querySelectorAll("label").forEach((el) => (el.htmlFor = swap(el.htmlFor)));
    copy.querySelectorAll(".invalid-feedback").forEach((el) => el.remove());
    add.before(copy);
    total.value = Number(total.value) + 1;
    copy.querySelector("input").focus();
  });

  /* data-only="agreed:later"：同一表单里 agreed 等于 later 时才显示。 */
  const fit = (form) => form.querySelectorAll("[data-only]").forEach((el) => {
    const [name, want] = el.dataset.only.split(":");
    const f = form.elements[name];
    el.closest("[data-field]").hidden = !!f && String(f.type === "checkbox" ? f.checked : f.value) !== want;
  });
  document.querySelectorAll("form").forEach((form) => {
    if (!form.querySelector("[data-only]")) return;
    form.addEventListener("change", () => fit(form));
    fit(form);
  });
})();
