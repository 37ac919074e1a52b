// 资源看板：按住拖过几格，或用方向键移动、Shift 加方向键选几格，一次订一段。没有脚本时，点一格订一小时。
(() => {
  "use strict";
  const board = document.querySelector("[data-board]");
  if (!board) return;
  let from = null, to = null, drawn = false;

  const free = (node) => node && node.closest ? node.closest("a[data-from]") : null;
  const row = (link) => [...link.closest("tr").querySelectorAll("a[data-from]")];
  // Neighbours without anything in between.
  const joined = (a, b) => {
    let cell = a.closest("td");
    const last = b.closest("td");
    while (cell !== last) {
      cell = cell.nextElementSibling;
      if (!cell || !cell.classList.contains("free")) return false;
    }
    return true;
  };
  const range = () => {
    if (!from || !to || from.closest("tr") !== to.closest("tr")) return from ? [from] : [];
    const all = row(from), a = all.indexOf(from), b = all.indexOf(to);
    const part = all.slice(Math.min(a, b), Math.max(a, b) + 1);
    return joined(part[0], part[part.length - 1]) ? part : [from];
  };
  const draw = () => {
    board.querySelectorAll("td.on").forEach((cell) => cell.classList.remove("on"));
    const part = range();
    if (part.length > 1) part.forEach((link) => link.closest("td").classList.add("on"));
  };
  const clear = () => { from = to = null; drawn = false; draw(); };
  const plus = (stamp, halves) => {
    const at = new Date(stamp + ":00Z");
    at.setUTCMinutes(at.getUTCMinutes() + 30 * halves);
    return at.toISOString().slice(0, 16);
  };
  const address = (part) => {
    const url = new URL(part[0].href), last = part[part.length - 1];
    url.searchParams.set("end", plus(last.dataset.from, Number(last.dataset.span)));
    return url.href;
  };

  board.addEventListener("pointerdown", (event) => {
    const link = free(event.target);
    if (!link || event.button || event.pointerType === "touch") return;
    from = to = link;
    drawn = false;
  });
  board.addEventListener("dragstart", (event) => { if (free(event.target)) event.preventDefault(); });
  board.addEventListener("pointerover", (event) => {
    const link = free(event.target);
    if (!from || !event.buttons || !link) return;
    to = link;
    drawn = drawn || to !== from;
    draw();
  });
  document.addEventListener("pointerup", () => {
    const part = range();
    if (drawn && part.length > 1) location.href = address(part);
    else if (drawn) clear();
  });
  board.addEventListener("click", (event) => { if (drawn && free(event.target)) event.preventDefault(); });

  board.addEventListener("keydown", (event) => {
    const link = free(event.target);
    if (!link) return;
    if (event.key === "Enter" && range().length > 1) {
      event.preventDefault();
      location.href = address(range());
      return;
    }
    const next = step(link, event.key);
    if (!next) return;
    event.preventDefault();
    if (event.shiftKey) { from = from || link; to = next; } else { from = next; to = next; }
    next.focus();
    draw();
  });
  function step(link, key) {
    const all = row(link), here = all.indexOf(link);
    if (key === "ArrowRight") return all[here + 1];
    if (key === "ArrowLeft") return all[here - 1];
    if (key !== "ArrowUp" && key !== "ArrowDown") return null;
    const rows = [...board.querySelectorAll("tr")].filter((one) => one.querySelector("a[data-from]"));
    const other = rows[rows.indexOf(link.closest("tr")) + (key === "ArrowDown" ? 1 : -1)];
    if (!other) return null;
    const clock = link.dataset.from, links = [...other.querySelectorAll("a[data-from]")];
    return links.find((one) => one.dataset.from >= clock) || links[links.length - 1];
  }
  window.addEventListener("pageshow", clear);
})();
