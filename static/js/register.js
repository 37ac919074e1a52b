/* 名册：点“改”就把光标放进去并选中，打完回车；同一时间只开一栏。 */
(() => {
  document.addEventListener("toggle", (e) => {
    const fold = e.target;
    if (!fold.open || !fold.closest(".person")) return;
    for (const other of document.querySelectorAll(".person details[open]")) if (other !== fold && !other.contains(fold)) other.open = false;
    const field = fold.querySelector("input:not([type=hidden]),select");
    field?.focus();
    field?.select?.();
  }, true);
})();
