/* 接待申请：勾选展开、边填边估算、认出老客户。没有脚本时全部展开，照样能填能交。 */
(() => {
  const form = document.getElementById('apply');
  if (!form) return;
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const later = (fn, ms) => { let t; return (...a) => { clearTimeout(t); t = setTimeout(() => fn(...a), ms); }; };

  // 勾选后才展开它的小输入框
  const open = () => $$('[data-opens]', form).forEach(box => {
    const ticks = box.dataset.opens.split(' ').map(id => document.getElementById(id));
    box.hidden = !ticks.some(tick => tick?.checked) && !$('.is-invalid', box);
    if (box.dataset.rule && forbids(box)) box.hidden = true;
  });
  // 规则不许的（公务的烟酒、接送站）不列出来；已经填了的留着，等人去掉
  const forbids = box => Boolean($('#rule').dataset[box.dataset.rule]) && ![...$$('input', box)].some(i => (i.type === 'checkbox' ? i.checked : i.value)) && !$('.is-invalid', box);
  const rules = () => $$('[data-rule]', form).forEach(box => { if (!box.dataset.opens) box.hidden = forbids(box); });
  const firstTick = e => {
    if (e.target.name !== 'needs' || !e.target.checked) return;
    const count = $('[name=docs_count]', form);
    if (e.target.value === 'docs' && !count.value) count.value = $('[name=headcount]', form).value;
  };

  // 费用、主陪规则、审批人由服务器算，页面只换上结果
  let pending;
  const estimate = later(async () => {
    pending?.abort();
    pending = new AbortController();
    const data = new FormData(form);
    data.delete('_once');
    for (const name of ['roster_text', 'roster_file']) data.delete(name);
    try {
      const reply = await fetch($('#side').dataset.url, { method: 'POST', body: data, signal: pending.signal, headers: { 'X-Requested-With': 'fetch' } });
      if (reply.ok) show(new DOMParser().parseFromString(await reply.text(), 'text/html'));
    } catch { /* 断网或又改了：保留上一次的结果 */ }
  }, 350);
  const show = page => {
    for (const id of ['toc', 'rule-why', 'side', 'hostok', 'hostfree', 'named', 'rule']) {
      const now = document.getElementById(id), next = page.getElementById(id);
      if (now && next) now.replaceWith(document.adoptNode(next));
    }
    const side = $('#side');
    letter();
    owner();
    rules();
    open();
    watch();
    $('#total-mob').textContent = $('#total').textContent = side.dataset.total;
    const over = $('#over');
    if (side.dataset.over) over.hidden = false;
    else if (!$('textarea', over).value) over.hidden = true;
  };

  // 公函字号：规则要求时才展开，填过的一直看得见
  const letter = () => {
    const box = $('#letter');
    box.hidden = !$('#rule').dataset.letter && !$('input', box).value && !$('.is-invalid', box);
  };

  // 规则定了责任部门的（其他来宾归办公室），替人改好；改回性质时还原
  let before = null;
  const owner = () => {
    const box = $('[name=department]', form), must = $('#rule').dataset.owner;
    if (must && box.value !== must) { before = box.value; box.value = must; form.dispatchEvent(new Event('change')); }
    else if (!must && before) { box.value = before; before = null; form.dispatchEvent(new Event('change')); }
  };

  // 老客户
  const hintBox = $('#customer-hint');
  const hint = later(async value => {
    if (value.trim().length < 2) { hintBox.replaceChildren(); return; }
    try {
      const reply = await fetch(`${$('[name=customer_name]', form).dataset.hint}?q=${encodeURIComponent(value)}`);
      if (!reply.ok) return;
      const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
      $('#customers').replaceChildren(...page.querySelectorAll('#names option'));
      hintBox.replaceChildren(...page.querySelector('#hint').childNodes);
      reveal();
    } catch { /* 提示只是方便，没有也能填 */ }
  }, 250);
  const reveal = () => $$('[data-fill-contact],[data-fill-guests],[data-fill-name]', hintBox).forEach(b => { b.hidden = false; });

  form.addEventListener('click', e => {
    const sounded = e.target.closest('[data-fill-name]');
    if (sounded) {
      const name = $('[name=customer_name]', form);
      name.value = sounded.dataset.fillName;
      name.dispatchEvent(new Event('input', { bubbles: true }));
      name.focus();
    }
    const contact = e.target.closest('[data-fill-contact]');
    if (contact) {
      for (const k of ['name', 'title', 'phone']) $(`[name=contact_${k}]`, form).value = contact.dataset[k];
      form.dispatchEvent(new Event('change'));
      $('[name=headcount]', form).focus();
    }
    if (e.target.closest('[data-fill-guests]')) {
      const rows = $$('[data-last-guest]', hintBox).map(s => ({ ...s.dataset }));
      document.dispatchEvent(new CustomEvent('roster:fill', { detail: rows }));
    }
  });
  form.addEventListener('input', e => {
    if (e.target.name === 'customer_name') hint(e.target.value);
    if (!e.target.closest('#roster')) estimate();
  });
  form.addEventListener('change', e => { firstTick(e); open(); estimate(); });

  // 目录跟着看到的那一节走
  let current = '#s1';
  const mark = () => $$('.toc a').forEach(a => a.hash === current ? a.setAttribute('aria-current', 'true') : a.removeAttribute('aria-current'));
  const seen = 'IntersectionObserver' in window && new IntersectionObserver(list => list.forEach(x => {
    if (x.isIntersecting) { current = '#' + x.target.id; mark(); }
  }), { rootMargin: '-72px 0px -70% 0px' });
  const watch = () => { if (seen) $$('.toc a').forEach(a => seen.observe($(a.hash))); mark(); };
  open();
  rules();
  letter();
  watch();
  reveal();
})();
