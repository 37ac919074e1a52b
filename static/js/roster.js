/* 来宾名单：加一行、粘贴识别、填入。识别在服务器上做，规则只有一份。 */
(() => {
  const list = document.getElementById('guests'), form = document.getElementById('apply');
  if (!list || !form) return;
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const model = document.getElementById('guest-row'), prefix = list.dataset.prefix;
  const total = form.elements[`${prefix}-TOTAL_FORMS`];
  const box = (row, name) => $(`[name$="-${name}"]`, row);

  const add = () => {
    const holder = document.createElement('template');
    holder.innerHTML = model.innerHTML.replaceAll('__prefix__', total.value);
    total.value = +total.value + 1;
    list.append(holder.content);
    return list.lastElementChild;
  };
  const empty = () => $$('[data-guest]', list).find(row => !box(row, 'name').value.trim());
  const count = () => {
    $('[data-roster-count]').textContent = $$('[data-guest]', list).filter(r => box(r, 'name').value.trim()).length;
    $('[data-roster-total]').textContent = form.elements.headcount.value || 0;
  };
  const fill = rows => {
    const known = new Set($$('[name$="-name"]', list).map(i => i.value.trim()).filter(Boolean));
    for (const data of rows) {
      if (known.has(data.name)) continue;      // 已经在名单里的不重复填
      const row = empty() || add();
      for (const k of ['name', 'gender', 'organisation', 'title', 'phone', 'diet', 'care']) {
        const input = box(row, k);
        if (input && data[k]) input.value = data[k];
      }
      const lead = box(row, 'is_leader');
      if (lead) lead.checked = data.leader === '1';
    }
    document.getElementById('roster').open = true;
    if (!form.elements.headcount.value) form.elements.headcount.value = $$('[name$="-name"]', list).filter(i => i.value.trim()).length;
    count();
    form.dispatchEvent(new Event('change'));
  };

  const more = $('[data-roster-add]');
  more.hidden = false;
  more.addEventListener('click', () => { const row = add(); box(row, 'name').focus(); });
  form.addEventListener('click', async e => {
    const ask = e.target.closest('[data-roster-parse]');
    if (ask) {
      e.preventDefault();
      const data = new FormData();
      data.set('csrfmiddlewaretoken', form.elements.csrfmiddlewaretoken.value);
      data.set('roster_text', form.elements.roster_text.value);
      if (form.elements.roster_file.files[0]) data.set('roster_file', form.elements.roster_file.files[0]);
      data.set('customer_name', form.elements.customer_name.value);
      const out = $('#roster-preview');
      try {
        const reply = await fetch(ask.dataset.rosterParse, { method: 'POST', body: data, headers: { 'X-Requested-With': 'fetch' } });
        if (!reply.ok) throw new Error();
        out.replaceChildren(...new DOMParser().parseFromString(await reply.text(), 'text/html').body.childNodes);
      } catch { out.textContent = '没有连上服务器，粘贴的内容还在，请稍后再点“识别名单”'; }
    }
    if (e.target.closest('[data-roster-fill]')) {
      fill($$('[data-parsed]').map(r => ({ ...r.dataset })));
      form.elements.roster_text.value = form.elements.roster_file.value = '';
      $('#roster-preview').textContent = '已填入名单，请核对';
    }
  });
  document.addEventListener('roster:fill', e => fill(e.detail));
  form.addEventListener('input', e => { if (e.target.closest('#roster') || e.target.name === 'headcount') count(); });
  count();
})();
