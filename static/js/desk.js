/* 前台工作台的快捷键：J/K 上下、回车打开、N 新来电、1–6 选类型、? 全部快捷键。列表刷新后选中的还是那一条。 */
(() => {
  const rows = () => [...document.querySelectorAll("#open .items > li[data-id]")];
  const keys = document.getElementById("keys");
  let current = "";

  const mark = (li, focus) => {
    rows().forEach((r) => r.classList.toggle("cur", r === li));
    current = li ? li.dataset.id : "";
    if (li && focus) li.querySelector(".ttl").focus();
  };
  const step = (d) => {
    const list = rows();
    if (!list.length) return;
    const i = list.findIndex((r) => r.dataset.id === current);
    mark(list[Math.min(list.length - 1, Math.max(0, i < 0 ? 0 : i + d))], true);
  };
  const typing = (el) => el.matches("input:not([type=radio]):not([type=checkbox]),select,textarea,[contenteditable]");

  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return;
    if (typing(e.target) || keys?.open) return;
    const k = e.key.toLowerCase();
    if (k === "j") step(1);
    else if (k === "k") step(-1);
    else if (k === "n" && window.call) window.call.start();
    else if (k === "?" && keys) keys.showModal();
    else if (k === "enter" && current && e.target === document.body) rows().find((r) => r.dataset.id === current)?.querySelector(".ttl").click();
    else if (!(window.call && e.target.type !== "radio" && window.call.kindKey(k))) return;
    e.preventDefault();
  });
  document.addEventListener("click", (e) => {
    if (e.target.closest("[data-act=keys]")) keys?.showModal();
    if (e.target.closest("[data-act=keys-close]")) keys?.close();
  });
  document.addEventListener("focusin", (e) => {
    const li = e.target.closest?.("#open .items > li[data-id]");
    if (li) mark(li, false);
  });
  document.addEventListener("htmx:afterSwap", () => mark(rows().find((r) => r.dataset.id === current), false));
})();
