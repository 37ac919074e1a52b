/* 每页都有的：深浅色、htmx 的令牌、倒计时、通用快捷键、提示与菜单的收起、看密码。 */
(() => {
  const root = document.documentElement;
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];

  /* 深浅色：cookie 里 dark/light 是人选的，auto-… 是跟随系统时记下的，好让服务器下次直接画对。 */
  const cookie = (name) => document.cookie.split("; ").find((c) => c.startsWith(`${name}=`))?.slice(name.length + 1) || "";
  const keep = (value) => (document.cookie = `theme=${value};path=/;max-age=31536000;samesite=lax`);
  const system = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    const chosen = cookie("theme");
    const dark = chosen && !chosen.startsWith("auto") ? chosen === "dark" : system.matches;
    if (!chosen || chosen.startsWith("auto")) keep(dark ? "auto-dark" : "auto-light");
    root.dataset.bsTheme = dark ? "dark" : "light";
    document.body.classList.remove("dark");
  };
  follow();
  system.addEventListener("change", follow);
  const turn = () => {
    root.dataset.bsTheme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    keep(root.dataset.bsTheme);
  };

  document.addEventListener("htmx:configRequest", (e) => {
    if (e.detail.verb !== "get") e.detail.headers["X-CSRFToken"] = document.body.dataset.csrf;
  });

  /* 倒计时：按服务器的钟走。data-due 是时限，data-start 是起点；超过后前面加“+”。 */
  const behind = document.body.dataset.now ? Date.parse(document.body.dataset.now) - Date.now() : 0;
  const pad = (n) => String(n).padStart(2, "0");
  const words = (s) => (s < 3600 ? `${pad(Math.floor(s / 60))}:${pad(s % 60)}` : s < 86400 ? `${Math.floor(s / 3600)}小时` : `${Math.floor(s / 86400)}天`);
  const tick = () => {
    const now = Date.now() + behind;
    for (const box of $$("[data-due]")) {
      const due = Date.parse(box.dataset.due);
      const start = Date.parse(box.dataset.start || box.dataset.due);
      const left = Math.floor((due - now) / 1000);
      const head = $("b", box);
      const text = left < 0 ? `+${words(-left)}` : words(left);
      if (head && head.textContent !== text) head.textContent = text;
      box.classList.toggle("late", left < 0);
      box.classList.toggle("soon", left >= 0 && left < Math.max(600, (due - start) / 5000));
      const bar = $("progress", box);
      if (bar && due > start) bar.value = Math.max(0, Math.min(100, Math.round(((now - start) / (due - start)) * 100)));
    }
  };
  setInterval(tick, 1000);

  const dialog = $("#shortcuts");
  const acts = {
    theme: turn,
    print: () => print(),
    close: (b) => b.closest("[data-toast]")?.remove(),
    shortcuts: () => dialog?.showModal(),
    "shortcuts-close": () => dialog?.close(),
    peek: (b) => {
      const field = document.getElementById(b.getAttribute("aria-controls"));
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      b.setAttribute("aria-pressed", shown);
    },
  };
  document.addEventListener("click", (e) => {
    const button = e.target.closest("[data-act]");
    if (button) acts[button.dataset.act]?.(button);
    $$("details.menu[open]").forEach((menu) => {
      if (!menu.contains(e.target) || e.target.closest(".menu button,.menu a")) menu.open = false;
    });
    const link = e.target.closest(".errs a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    e.preventDefault();
    field.closest("details:not([open])")?.setAttribute("open", "");
    const first = field.matches("input,select,textarea,button") ? field : $("input,select,textarea", field);
    (first || field).focus();
  });

  /* 快捷键：正在打字或拼音选字时不管；工作台自己的列表由 desk.js 管。 */
  const typing = (el) => el.matches("input:not([type=radio]):not([type=checkbox]),select,textarea,[contenteditable]");
  const step = (by) => {
    const rows = $$("main .items .ttl");
    rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(document.activeElement) + by))]?.focus();
  };
  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.defaultPrevented || e.altKey) return;
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && e.target.form) {
      e.preventDefault();
      e.target.form.requestSubmit();
      return;
    }
    if (e.key === "Escape") $$("details.menu[open]").forEach((m) => { m.open = false; $("summary", m).focus(); });
    if (e.ctrlKey || e.metaKey || typing(e.target) || $("dialog[open]")) return;
    const key = e.key.toLowerCase();
    const find = $("#find");
    if (key === "/" && find?.getClientRects().length) find.select();
    else if (key === "?" && dialog && !$("#keys")) dialog.showModal();
    else if ((key === "j" || key === "k") && !$("#open")) step(key === "j" ? 1 : -1);
    else return;
    e.preventDefault();
  });
})();
