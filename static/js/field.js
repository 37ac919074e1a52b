/* 现场：一张单的页面。每按一步先存进手机再发；没信号时照流程往下走，页面先显示成办过的样子。 */
(() => {
  const page = document.body.dataset;
  const store = window.fieldStore;
  const flow = JSON.parse(page.flow);
  const $ = (s, r = document) => r.querySelector(s);
  const $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const clock = (text) => new Date(text).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  const shut = $("[data-steps-box]").hidden;
  let told = page.state; // 服务器最后说的状态

  const show = (items) => {
    const own = items.filter((item) => item.no === page.no && item.step !== "note");
    const stuck = own.some((item) => item.said);
    let state = told;
    for (const item of own) {
      if (!item.said) state = flow[item.step]?.[state] ?? state;
      const mark = $(`[data-stage="${item.step}"] span`);
      if (mark && !item.said) mark.textContent = `${clock(item.made)} 待发`;
    }
    let any = false;
    for (const card of $$("[data-card]")) {
      card.hidden = stuck || !flow[card.dataset.card]?.[state];
      any ||= !card.hidden;
    }
    $("[data-nothing]").hidden = any || stuck;
    $("[data-steps-box]").hidden = shut || stuck;
  };
  document.addEventListener("field:queue", (e) => show(e.detail));
  document.addEventListener("field:done", async (e) => {
    const { item, told: answer } = e.detail;
    if (item.no !== page.no || item.step === "note") return;
    told = answer.status;
    $("[data-status]").textContent = answer.label;
    const stage = $(`[data-stage="${item.step}"]`);
    if (stage) { stage.classList.add("done"); $("span", stage).textContent = answer.at; }
    navigator.serviceWorker?.controller?.postMessage({ page: location.href });
    const left = (await store.all("steps")).some((other) => other.no === page.no);
    if (left || Object.values(flow).some((ways) => ways[told])) return;
    // 办完了：换成没有客户电话的样子；退了的单，回到自己的单子
    if (told === "waiting" && page.home) location.assign(page.home);
    else location.reload();
  });

  /* 一步 */
  const complain = (form, sentence, field) => {
    const wrong = $("[data-wrong]", form);
    wrong.textContent = sentence;
    wrong.hidden = false;
    field?.focus();
    return false;
  };
  const label = (el) => $(`label[for="${el.id}"]`)?.firstChild?.textContent.trim() || "";
  const absent = (form) => form.elements.how?.value === "absent";
  const fields = (form) => [...form.elements].filter((el) => el.name && el.name !== "how" && !["file", "submit", "button"].includes(el.type));
  const entries = (form) => fields(form).filter((el) => !["checkbox", "radio"].includes(el.type) || el.checked).map((el) => {
    const away = form.elements.how && el.name === (absent(form) ? "signed_name" : "unsigned_reason");
    return [el.name, away ? "" : el.value];
  });
  const text = (form) => fields(form).filter((el) => el.type !== "hidden" && el.value.trim() && label(el)).map((el) => {
    const value = el.tagName === "SELECT" ? el.selectedOptions[0]?.textContent.trim() : el.value.trim();
    return `${label(el)} ${value}`;
  }).join("；");
  const right = (form, shots, signature) => {
    const empty = fields(form).find((el) => el.required && !el.value.trim());
    if (empty) return complain(form, `请填${label(empty)}。`, empty);
    if (form.dataset.step === "note" && !form.elements.words.value.trim() && !shots.length) return complain(form, "请写几句说明，或放一张照片。", form.elements.words);
    if (!form.elements.how) return true;
    if (!absent(form) && !signature) return complain(form, "请客户在屏幕上签字；不在场的选“无人在场”。");
    if (!absent(form) && !form.elements.signed_name.value.trim()) return complain(form, "请填签字人的姓名。", form.elements.signed_name);
    if (absent(form) && !form.elements.unsigned_reason.value.trim()) return complain(form, "无人在场，请写明原因。", form.elements.unsigned_reason);
    if (absent(form) && !shots.some((shot) => shot.field === "photo_absent")) return complain(form, "无人在场要拍一张现场照片。");
    return true;
  };
  const clean = async (form) => {
    await window.fieldPhotos.clear(form);
    window.fieldSign.clear(form);
    form.reset();
    form.dispatchEvent(new Event("change"));
    if (form.dataset.draft) localStorage.removeItem(`draft:${page.user || ""}:${form.dataset.draft}`);
    const fold = form.closest("details");
    if (fold) fold.open = false;
  };
  const take = async (form) => {
    const made = new Date().toISOString();
    $("[data-wrong]", form).hidden = true;
    const all = await window.fieldPhotos.of(form);
    const shots = absent(form) ? all : all.filter((shot) => shot.field !== "photo_absent");
    const signature = absent(form) ? null : await window.fieldSign.of(form);
    if (!right(form, shots, signature)) return;
    const item = {
      id: store.id(), no: page.no, who: page.who, hand: page.hand, url: page.steps, step: form.dataset.step,
      label: form.dataset.label, entries: entries(form), text: text(form), made,
      shots: [...shots, signature].filter(Boolean).map(({ field, name, blob }) => ({ field, name, blob })),
    };
    try { await store.put("steps", item); } catch {
      complain(form, "手机里存不下了，这一步没有记上。请删掉手机里用不着的照片，再按一次。");
      return;
    }
    await clean(form);
    await window.fieldQueue.draw();
    $("#main").focus({ preventScroll: true });
    window.fieldQueue.flush();
  };
  let taking = false;
  document.addEventListener("submit", async (e) => {
    const form = e.target.closest("form[data-step]");
    if (!form) return;
    e.preventDefault();
    if (taking) return;
    taking = true;
    try { await take(form); } finally { taking = false; }
  }, true);

  // 服务器说要改的：填回表里
  document.addEventListener("field:mend", async (e) => {
    const item = e.detail;
    const form = $(`form[data-step="${item.step}"]`);
    for (const [name, value] of item.entries) {
      const el = form.elements[name];
      if (el && "value" in el) el.value = value;
    }
    await window.fieldPhotos.give(form, item.shots);
    await window.fieldSign.give(form, item.shots);
    await store.drop("steps", item.seq);
    await window.fieldQueue.draw();
    const fold = form.closest("details");
    if (fold) fold.open = true;
    complain(form, item.said, fields(form).find((el) => el.type !== "hidden"));
  });

  document.addEventListener("change", (e) => {
    const form = e.target.form || e.target;
    if (!form.elements?.how) return;
    for (const part of $$("[data-how]", form)) part.hidden = part.dataset.how !== form.elements.how.value;
  });

  /* 没有信号也打得开：把这一页和它用到的文件存起来 */
  if (!("serviceWorker" in navigator)) return;
  const worker = $("[data-worker]").dataset.worker;
  navigator.serviceWorker.register(worker, { scope: worker.replace(/worker\.js$/, "") }).catch(() => {});
  navigator.serviceWorker.ready.then(({ active }) => {
    const files = $$("link[rel=stylesheet],link[rel=icon]").map((el) => el.href).concat($$("script[src]").map((el) => el.src));
    const icons = $("svg use")?.getAttribute("href").split("#")[0];
    active.postMessage({ page: location.href, files: [...files, ...(icons ? [new URL(icons, location.href).href] : [])] });
  });
})();
