/* 附件：选好、拖进来、拍下就传，一件一件地传，有进度；没有脚本时按“上传”随表单一起交。 */
(() => {
  const csrf = () => document.body.dataset.csrf;
  let pending = Promise.resolve(), waiting = 0;

  for (const box of document.querySelectorAll('[data-attach]')) {
    const list = box.querySelector('[data-attach-list]'), input = box.querySelector('input[type=file][name]');
    if (!input) continue;
    const form = input.form, say = box.querySelector('[data-attach-say]'), shot = box.querySelector('#id_shot,[data-attach-camera]');
    const bar = box.querySelector('[data-attach-progress]'), send = box.querySelector('[data-attach-send]');
    if (send && !('attachKeep' in box.dataset)) send.hidden = true;
    box.querySelector('[data-attach-shot]')?.removeAttribute('hidden');
    const tell = (text, bad) => { say.textContent = text; say.hidden = !text; say.classList.toggle('t-red', Boolean(bad)); };

    // 新申请还没有单号：先存成草稿，拿到单号再传
    const address = async () => {
      if (box.dataset.attach) return box.dataset.attach;
      form.dispatchEvent(new Event('input', { bubbles: true }));
      for (let i = 0; i < 60; i += 1) {
        if (/\/edit\/$/.test(form.action)) { box.dataset.attach = form.action.replace(/edit\/$/, 'files/'); return box.dataset.attach; }
        await new Promise(done => setTimeout(done, 250));
      }
      throw new Error('no number');
    };
    const post = (url, data, onprogress) => new Promise((done, fail) => {
      const ask = new XMLHttpRequest();
      ask.open('POST', url);
      ask.setRequestHeader('X-CSRFToken', csrf());
      ask.setRequestHeader('X-Requested-With', 'fetch');
      if (onprogress) ask.upload.onprogress = onprogress;
      ask.onload = () => done(ask);
      ask.onerror = ask.onabort = fail;
      ask.send(data);
    });
    const show = ask => {
      const html = (ask.getResponseHeader('content-type') || '').includes('html');
      if (html && (ask.status === 200 || ask.status === 422 || ask.status === 409)) list.innerHTML = ask.responseText;
      return ask.status === 200;
    };
    const one = async (file, name) => {
      const data = new FormData();
      for (const el of box.querySelectorAll('select[name],input[name]:not([type=file])')) data.append(el.name, el.value);
      if (form?.elements._once) data.set('_once', form.elements._once.value);
      data.append(name, file, file.name);
      tell(`正在上传 ${file.name}…`);
      bar.hidden = false;
      try {
        const ask = await post(await address(), data, e => { if (e.lengthComputable) bar.firstElementChild.value = Math.round((e.loaded / e.total) * 100); });
        const good = show(ask);
        tell(good ? `${file.name} 已上传` : list.querySelector('[role=alert]')?.textContent.trim() || `${file.name} 没有传上，请再选一次。`, !good);
      } catch { tell(`${file.name} 没有传上：网络断了或还没有存成草稿。请再选一次。`, true); }
      bar.hidden = true;
    };
    const take = (files, name) => {
      for (const file of files) {
        waiting += 1;
        pending = pending.then(() => one(file, name)).finally(() => { waiting -= 1; });
      }
    };
    for (const field of [input, shot]) field?.addEventListener('change', () => {
      const files = [...field.files];
      field.value = '';
      take(files, input.name);
    });
    box.addEventListener('dragover', e => { if (e.dataTransfer?.types.includes('Files')) { e.preventDefault(); box.classList.add('drop'); } });
    box.addEventListener('dragleave', e => { if (!box.contains(e.relatedTarget)) box.classList.remove('drop'); });
    box.addEventListener('drop', e => {
      if (!e.dataTransfer?.files.length) return;
      e.preventDefault();
      box.classList.remove('drop');
      take([...e.dataTransfer.files], input.name);
    });
    box.addEventListener('click', async e => {
      const away = e.target.closest('[data-remove]');
      if (!away) return;
      e.preventDefault();
      away.setAttribute('aria-disabled', 'true');
      try { if (show(await post(away.dataset.remove, new FormData()))) tell('已移除'); } catch { tell('网络断了，没有移除。请再按一次。', true); }
    });
  }

  // 还在传的时候交表：等传完再交
  document.addEventListener('submit', e => {
    if (!waiting || !e.target.querySelector('[data-attach],[data-attach-list]')) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    const { target, submitter } = e;
    pending.then(() => target.requestSubmit(submitter));
  }, true);
})();
