/* 现场：待发送的步骤。按先后一项一项发；断网、超时、服务器出错就等一会儿再发；服务器不收的，句子留到看过为止。 */
(() => {
  const box = document.querySelector("[data-queue]");
  const store = window.fieldStore;
  if (!box || !store) return;
  const $ = (s, r = box) => r.querySelector(s);
  const page = document.body.dataset;
  const MOST = 9;
  const WAITS = [2, 4, 8, 16, 32, 60];
  // 换了链接、重新登录以后就可能收，再打开时自动重发；其余的要人看
  const PASSING = [403, 404, 410];
  let timer = 0, tries = 0, busy = false, more = false, fault = "";

  const clock = (text) => new Date(text).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  const here = (item) => item.no === page.no && item.who === page.who && item.hand === page.hand;
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  const post = async (item) => {
    const data = new FormData();
    for (const [name, value] of item.entries) data.append(name, value);
    data.append("id", item.id);
    data.append("step", item.step);
    data.append("made", item.made);
    data.append("sent", new Date().toISOString());
    for (const shot of item.shots) data.append(shot.field, shot.blob, shot.name);
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), 180e3);
    try {
      return await fetch(here(item) ? page.steps : item.url, {
        method: "POST", body: data, headers: { "X-CSRFToken": page.csrf }, redirect: "manual", signal: stop.signal,
      });
    } finally { clearTimeout(late); }
  };
  const json = async (answer) => {
    if (!(answer.headers.get("content-type") || "").includes("json")) return null;
    try { return await answer.json(); } catch { return null; }
  };
  // 重新登录以后，页面上的令牌就旧了：取一个新的
  const renew = async () => {
    const fresh = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
    const found = new DOMParser().parseFromString(await fresh.text(), "text/html").body.dataset.csrf;
    if (found) page.csrf = found;
  };
  const keep = async (item, sentence, status) => {
    Object.assign(item, { said: sentence, status });
    await store.put("steps", item);
    return "kept";
  };
  const one = async (item, second) => {
    let answer;
    try { answer = await post(item); } catch { fault = navigator.onLine ? "没有连上" : ""; return "later"; }
    const told = await json(answer);
    if (answer.status === 200 && told?.done) {
      await store.drop("steps", item.seq);
      tell("field:done", { item, told });
      return "done";
    }
    if (answer.status === 403 && !told && !second) {
      try { await renew(); } catch { return "later"; }
      return one(item, true);
    }
    if (told?.error && answer.status < 500 && answer.status !== 429) return keep(item, told.error, answer.status);
    if (answer.status === 413) return keep(item, "照片太大，服务器不收。请去掉几张再发。", 422);
    fault = `服务器没有回应（${answer.status || "要登录"}）`;
    return "later";
  };

  const work = async () => {
    const stuck = new Set();
    for (const item of await store.all("steps")) {
      if (item.said) stuck.add(item.no);
      if (item.said || (stuck.has(item.no) && item.step !== "note")) continue;
      const outcome = await one(item);
      if (outcome === "later") return false;
      if (outcome === "kept") stuck.add(item.no);
      tries = 0;
      fault = "";
      await draw();
    }
    return true;
  };
  // 同一部手机上开着几页时，只有一页在发
  const alone = (act) => (navigator.locks ? navigator.locks.request("field-send", act) : act());
  const flush = async () => {
    if (busy) { more = true; return; }
    busy = true;
    clearTimeout(timer);
    await draw();
    const clear = await alone(work);
    busy = false;
    if (!clear) timer = setTimeout(flush, WAITS[Math.min(tries++, WAITS.length - 1)] * 1000);
    await draw();
    if (more) { more = false; await flush(); }
  };

  /* 冲突以后：内容可以复制，可以作为说明发给前台，看过了才能删 */
  const words = (items) => items.map((item) => `${clock(item.made)} ${item.label}${item.text ? `：${item.text}` : ""}`).join("\n");
  const noted = async (items) => {
    const shots = items.flatMap((item) => item.shots);
    const { no, who, hand, url } = items[0];
    let text = `没能记上的步骤：\n${words(items)}`;
    do {
      await store.put("steps", {
        id: store.id(), no, who, hand, url, step: "note", label: "说明", text: "", made: new Date().toISOString(),
        entries: [["words", text.slice(0, 2000)]], shots: shots.splice(0, MOST),
      });
      text = "（照片续）";
    } while (shots.length);
    for (const item of items) await store.drop("steps", item.seq);
    tell("field:settled");
    flush();
  };
  const copy = async (items, button) => {
    try {
      await navigator.clipboard.writeText(words(items));
      button.textContent = "已复制";
    } catch {
      const area = document.createElement("textarea");
      area.className = "form-control";
      area.value = words(items);
      area.rows = 4;
      area.setAttribute("aria-label", "没能记上的内容，请长按复制");
      button.replaceWith(area);
      area.select();
    }
  };
  const away = async (items) => {
    const rich = items.some((item) => item.text || item.shots.length);
    if (rich && !confirm("这几步写的内容和照片会从手机里删掉，确定不要了吗？")) return;
    for (const item of items) await store.drop("steps", item.seq);
    tell("field:settled");
    await draw();
    flush();
  };
  const button = (label, css, act) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = `btn btn-sm ${css}`;
    b.textContent = label;
    b.addEventListener("click", () => act(b));
    return b;
  };
  const choices = (item, items) => {
    if (item.status === 422 && here(item) && item.step !== "note") return [button("修改后重发", "btn-primary", () => tell("field:mend", item)), button("不要了", "", () => away(items))];
    const note = item.step === "note" ? [] : [button("作为说明发给前台", "btn-primary", () => noted(items))];
    return [...note, button("复制文字", "", (b) => copy(items, b)), button("知道了，不要了", "", () => away(items))];
  };
  const line = (item, items) => {
    const li = document.createElement("li");
    const text = document.createElement("div");
    const shots = item.shots.length ? `，${item.shots.length} 张照片` : "";
    text.textContent = `${item.no === page.no ? "" : `${item.no} `}${clock(item.made)} ${item.label}${shots}`;
    li.append(text);
    if (!item.said) return li;
    const note = document.createElement("div");
    note.className = "note bad mt-1";
    note.setAttribute("role", "alert");
    note.textContent = item.said;
    const row = document.createElement("div");
    row.className = "d-flex flex-wrap gap-2 mt-2";
    row.append(...choices(item, items));
    li.append(note, row);
    return li;
  };
  const sentence = (items) => {
    if (items.some((item) => item.said)) return "有没办成的，请看下面写的原因。内容和照片都还在手机里。";
    if (!navigator.onLine) return "没有信号，已经存在手机里。有信号时自动发出；可以关掉页面，下次打开接着发。";
    return busy ? "正在发送…" : `${fault || "没有发出去"}，过一会儿自动再试。内容都在手机里。`;
  };
  let seen = "";
  const draw = async () => {
    const items = await store.all("steps");
    document.querySelectorAll("[data-offline]").forEach((chip) => { chip.hidden = navigator.onLine; });
    box.hidden = !items.length;
    $("[data-queue-count]").textContent = `待发送 ${items.length} 项`;
    $("[data-queue-say]").textContent = items.length ? sentence(items) : "";
    tell("field:queue", items);
    const now = JSON.stringify(items.map((item) => [item.seq, item.said]));
    if (now === seen) return;
    seen = now;
    $("[data-queue-list]").replaceChildren(...items.map((item) => line(item, items.filter((other) => other.no === item.no && other.seq >= item.seq && other.step !== "note" || other.seq === item.seq))));
  };

  window.fieldQueue = { flush, draw };
  const awake = () => { tries = 0; flush(); };
  addEventListener("online", awake);
  addEventListener("offline", draw);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) awake(); });
  $("[data-queue-send]").addEventListener("click", awake);
  document.addEventListener("DOMContentLoaded", async () => {
    for (const item of await store.all("steps")) {
      if (PASSING.includes(item.status)) await store.put("steps", { ...item, said: "", status: 0 });
    }
    flush();
  });
})();
