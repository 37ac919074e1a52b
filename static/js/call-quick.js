/* 一行填满：在来电号码里写“3-502 张 漏水 下午4点 急”，回车由服务器拆到各栏；没拆到的都归内容。 */
(() => {
  const call = window.call;
  if (!call) return;
  const { form, field } = call;
  const number = field("number");
  const isNumber = (line) => /^[\d\s+()转#*-]*$/.test(line) && !/^\s*\d{1,3}-\d{2,5}\s*$/.test(line);
  const put = (name, v) => v && (field(name).value = v);
  const fill = (draft) => {
    number.value = draft.number;
    const other = ["praise", "help"].includes(draft.kind);
    if (draft.kind) call.pick("kind", other ? "other" : draft.kind);
    if (other) put("other_kind", draft.kind);
    for (const name of ["caller_name", "caller_title", "company", "content", "place", "urgency"]) put(name, draft[name]);
    field("important").checked = draft.important;
    if (draft.appoint_at) {
      call.pick("when", "later");
      put("appoint_at", draft.appoint_at);
      field("agreed_with").value ||= call.who();
      field("agreed_reason").value ||= "客户要求的时间";
    }
    for (const name of ["number", "content"]) field(name).dispatchEvent(new Event("input", { bubbles: true }));
    call.focus(!draft.number ? "number" : !draft.caller_name ? "caller_name" : "content");
  };
  number.addEventListener("keydown", (e) => {
    const line = e.target.value;
    if (e.key !== "Enter" || e.ctrlKey || e.metaKey || call.composing(e) || isNumber(line)) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    call.pending = fetch(`${form.dataset.line}?q=${encodeURIComponent(line)}`, { headers: { Accept: "application/json" } })
      .then((r) => (r.ok ? r.json() : null))
      .then((draft) => draft && fill(draft))
      .catch(() => {});
  }, true);
})();
