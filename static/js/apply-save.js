/* 接待申请：停手片刻就存成草稿；提交时等正在存的那一次，单子只有一张。 */
(() => {
  const form = document.getElementById('apply'), line = document.getElementById('saved');
  if (!form || !('autosave' in form.dataset)) return;
  let timer, saving = null, dirty = false, stopped = false, leaving = false;
  const say = text => { if (line) line.textContent = text; };

  const save = async () => {
    if (stopped || leaving) return;
    dirty = false;
    const data = new FormData(form);
    data.delete('file');                        // 附件单独传，见 attach.js
    data.delete('_once');                       // 那一枚留给真正的提交
    data.delete('roster_file');                 // 名单识别以后才算数
    data.set('do', 'auto');
    try {
      const reply = await fetch(form.action, { method: 'POST', body: data, headers: { 'X-Requested-With': 'fetch' } });
      const got = (reply.headers.get('content-type') || '').includes('json') ? await reply.json() : {};
      if (reply.ok && got.no) kept(got);
      else { stopped = reply.status === 409 || reply.status === 403; say(got.message || '没有存上，请点“存草稿”再试'); }
    } catch { say('网络断了，内容先留在本机'); timer = setTimeout(queue, 8000); }
  };
  const kept = got => {
    form.elements.revision.value = got.revision;
    if (got.edit && form.action !== new URL(got.edit, location).href) {
      form.action = got.edit;
      history.replaceState(null, '', got.edit);
    }
    const preview = document.getElementById('preview');
    if (preview && got.print) { preview.href = got.print; preview.hidden = false; }
    // 服务器上的更新；有几处还不完整的，本机那一份也留着
    if (got.whole) localStorage.removeItem(`draft:${document.body.dataset.user || ''}:${form.dataset.draft}`);
    say(got.whole ? `${got.at} 已自动保存` : `${got.at} 已自动保存，没填完的几处先留在本机`);
  };
  const queue = () => {
    if (saving) { dirty = true; return; }
    saving = save().finally(() => { saving = null; if (dirty) touch(); });
  };
  const touch = () => { clearTimeout(timer); timer = setTimeout(queue, 1200); };

  form.addEventListener('input', touch);
  form.addEventListener('change', touch);
  form.addEventListener('submit', e => {
    clearTimeout(timer);
    if (!saving || leaving) { leaving = true; return; }
    e.preventDefault();
    leaving = true;
    const button = e.submitter;
    saving.finally(() => form.requestSubmit(button));
  });
  // 从后退缓存回来时，可以接着存
  addEventListener('pageshow', e => { if (e.persisted) leaving = false; });
})();
