/* 突发：任何一页、哪怕正在打字，按 F9 打开上报框，回车就报出去。没有脚本时按钮通到上报页。 */
(() => {
  const box = document.getElementById("sos");
  if (!box) return;
  const open = () => {
    document.querySelectorAll("dialog[open]").forEach((other) => other !== box && other.close());
    if (!box.open) box.showModal();
    document.getElementById("sos-content").focus();
  };
  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229) return; // 拼音还没选完：先选完，再按一次
    if (e.key !== "F9" || e.ctrlKey || e.altKey || e.metaKey) return;
    e.preventDefault();
    open();
  });
  document.addEventListener("click", (e) => {
    if (e.target.closest("[data-act=sos]")) {
      e.preventDefault();
      open();
    } else if (e.target.closest("[data-act=sos-close]")) box.close();
  });
})();
