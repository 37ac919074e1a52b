/* 派工台：把待派的单拖到师傅名下就是派工；键盘在单上选师傅、按回车；手机点选。真正的派工总是那张表单。 */
(() => {
  let held = null;
  document.addEventListener("dragstart", (e) => {
    held = e.target.closest?.("[data-card]");
    if (!held) return;
    held.classList.add("held");
    e.dataTransfer.effectAllowed = "move";
    e.dataTransfer.setData("text/plain", held.querySelector("a").textContent);
  });
  const clear = () => document.querySelectorAll(".hand.over").forEach((el) => el.classList.remove("over"));
  document.addEventListener("dragend", () => {
    held?.classList.remove("held");
    held = null;
    clear();
  });
  document.addEventListener("dragover", (e) => {
    const to = held && e.target.closest?.("[data-repairer]");
    if (!to) return;
    e.preventDefault();
    clear();
    to.classList.add("over");
  });
  document.addEventListener("drop", (e) => {
    const to = held && e.target.closest?.("[data-repairer]");
    if (!to) return;
    e.preventDefault();
    const form = held.querySelector("form");
    form.elements.repairer.value = to.dataset.repairer;
    form.requestSubmit();
  });
  /* 选好师傅后回车就派。 */
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Enter" || e.isComposing || !e.target.matches?.("[data-card] select")) return;
    e.preventDefault();
    e.target.form.requestSubmit();
  });
})();
