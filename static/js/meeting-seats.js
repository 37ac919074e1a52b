// 排座：点（或回车）一个人，再点要坐的座位；鼠标可以拖；方向键在座位间走，Esc 放下。没有脚本时用“换座”一行。
(() => {
  "use strict";
  const room = document.querySelector("[data-seats]"), form = document.getElementById("place");
  if (!room || !form) return;
  const says = room.querySelector("[data-says]");
  const seats = [...room.querySelectorAll("g[data-seat]")];
  let held = null, from = null, dragged = false;

  const spot = (node) => (node && node.closest ? node.closest("[data-seat]") : null);
  const say = (words) => { says.textContent = words; };
  const drop = () => {
    if (held) { held.classList.remove("held"); held.setAttribute("aria-pressed", "false"); }
    held = null;
    room.querySelectorAll(".over").forEach((one) => one.classList.remove("over"));
    room.classList.remove("dragging");
  };
  const hold = (one) => {
    drop();
    held = one;
    one.classList.add("held");
    one.setAttribute("aria-pressed", "true");
    say(`拿起了${one.dataset.name}，再点要坐的座位；按 Esc 放下。`);
  };
  const put = (one) => {
    form.elements.person.value = held.dataset.person;
    form.elements.seat.value = one.dataset.seat;
    form.requestSubmit();
  };
  const press = (one) => {
    const waits = one.dataset.person && !one.dataset.seat; // somebody without a seat is taken hold of, never sat on
    if (held === one) { drop(); say("放下了。"); }
    else if (held && !waits) put(one);
    else if (one.dataset.person) hold(one);
    else say("先点一个人，再点要坐的座位。");
  };

  room.addEventListener("click", (event) => {
    const one = spot(event.target);
    if (dragged) { dragged = false; return; }
    if (one) press(one);
  });
  room.addEventListener("pointerdown", (event) => {
    const one = spot(event.target);
    dragged = false;
    if (one && one.dataset.person && event.pointerType === "mouse" && !event.button) from = { one, x: event.clientX, y: event.clientY };
  });
  document.addEventListener("pointermove", (event) => {
    if (!from || !(event.buttons & 1)) return;
    if (!dragged && Math.hypot(event.clientX - from.x, event.clientY - from.y) < 6) return;
    if (!dragged) { dragged = true; hold(from.one); room.classList.add("dragging"); }
    const over = spot(document.elementFromPoint(event.clientX, event.clientY));
    room.querySelectorAll(".over").forEach((one) => one.classList.toggle("over", one === over));
    if (over && over !== held) over.classList.add("over");
  });
  document.addEventListener("pointerup", (event) => {
    const moved = from && dragged;
    from = null;
    if (!moved) return;
    const over = spot(document.elementFromPoint(event.clientX, event.clientY));
    if (over && over !== held && !(over.dataset.person && !over.dataset.seat)) put(over);
    else { drop(); say("放下了。"); }
    setTimeout(() => { dragged = false; });
  });

  const middle = (one) => { const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const next = (one, [dx, dy]) => {
    const [x, y] = middle(one);
    let best = null, least = Infinity;
    for (const other of seats) {
      const [a, b] = middle(other), along = (a - x) * dx + (b - y) * dy, aside = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
      if (along > 4 && along + 2 * aside < least) { least = along + 2 * aside; best = other; }
    }
    return best;
  };
  const reach = (one) => { seats.forEach((seat) => seat.setAttribute("tabindex", seat === one ? "0" : "-1")); };
  room.addEventListener("focusin", (event) => { if (seats.includes(event.target)) reach(event.target); });
  room.addEventListener("keydown", (event) => {
    const one = event.target;
    if (event.key === "Escape" && held) { drop(); say("放下了。"); }
    else if (!seats.includes(one)) return;
    else if (event.key === "Enter" || event.key === " ") press(one);
    else if (WAYS[event.key]) next(one, WAYS[event.key])?.focus();
    else return;
    event.preventDefault();
  });
  const here = seats.find((one) => `#${one.id}` === location.hash);
  reach(here || seats.find((one) => one.dataset.person) || seats[0]);
  here?.focus();
})();
