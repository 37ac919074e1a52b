/* 请人等候（Alt W）：说“请稍等”，开始计时；到了后台定的秒数，提示改说“让您久等了”；再按一次，回来接着说。 */
(() => {
  const call = window.call;
  const button = document.querySelector("[data-act=wait]");
  const chip = document.getElementById("waited");
  const first = document.querySelector('template[data-say="wait"]');
  if (!call || !button || !first) return;
  const after = Number(first.dataset.after || 45);
  const label = button.firstElementChild;
  let since = 0;
  let timer = 0;

  const show = () => {
    const seconds = Math.floor((Date.now() - since) / 1000);
    const long = seconds >= after;
    const text = long ? `已等 ${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒` : `等候 ${seconds} 秒`;
    if (chip.textContent !== text) chip.textContent = text;
    // 读屏器不必每秒念一遍：只在该说第二句的时候出声
    chip.setAttribute("aria-live", long && call.waiting === "wait" ? "assertive" : "off");
    if (long && call.waiting === "wait") {
      call.waiting = "back";
      call.refresh();
    }
  };
  const stop = () => {
    clearInterval(timer);
    chip.hidden = true;
    label.textContent = "请稍等";
    button.setAttribute("aria-pressed", "false");
    since = 0;
  };
  const begin = () => {
    since = Date.now();
    call.waiting = "wait";
    chip.hidden = false;
    label.textContent = "回来了";
    button.setAttribute("aria-pressed", "true");
    timer = setInterval(show, 500);
    show();
    call.refresh();
  };
  const turn = () => {
    if (!since) return begin();
    stop();
    call.waiting = "back";
    return call.refresh();
  };
  /* 回来以后写下一个字，话术就回到原来那一步。 */
  call.form.addEventListener("input", (e) => {
    if (e.isTrusted !== false && !since && call.waiting) {
      call.waiting = "";
      call.refresh();
    }
  });
  call.form.addEventListener("reset", () => {
    if (since) stop();
    call.waiting = "";
  });
  document.addEventListener("keydown", (e) => {
    if (!e.altKey || e.ctrlKey || e.metaKey || call.composing(e) || e.code !== "KeyW") return;
    e.preventDefault();
    turn();
  });
  button.addEventListener("click", turn);
})();
