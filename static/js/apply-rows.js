/* 接待申请的各行（用餐、住宿、车辆、会议、参观、返程票）：加一行、删一行、从来访时间带出。没有脚本时各留一行，照样能填。 */
(() => {
  const form = document.getElementById('apply');
  if (!form) return;
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const lists = Object.fromEntries($$('[data-rows]', form).map(list => [list.dataset.rows, list]));
  const box = (row, name) => $(`[name$="-${name}"]`, row);
  const rowsOf = list => $$('[data-row]', list);
  const open = list => !list.closest('[data-opens]')?.hidden;
  const changed = () => form.dispatchEvent(new Event('change'));

  // 从人数、到达、离开带出；人改过的不动
  const source = () => {
    const [arrive, leave] = ['arrive_at', 'leave_at'].map(n => form.elements[n].value);
    const [a, b] = [arrive.slice(0, 10), leave.slice(0, 10)];
    return { headcount: form.elements.headcount.value, arrive_at: arrive, leave_at: leave, arrive_day: a, leave_day: b > a ? b : '' };
  };
  const seed = row => {
    const from = source();
    $$('[data-from]', row).forEach(i => {
      const value = from[i.dataset.from] ?? '';
      if (value && (!i.value || i.value === i.dataset.seeded)) { i.value = value; i.dataset.seeded = value; }
    });
  };
  const name = list => rowsOf(list).forEach((row, i) => {
    row.setAttribute('aria-label', `${list.dataset.title}第 ${i + 1} 行`);
    $('[data-row-drop]', row).setAttribute('aria-label', `删掉${list.dataset.title}第 ${i + 1} 行`);
  });
  const bare = list => {
    const total = form.elements[`${list.dataset.rows}-TOTAL_FORMS`], holder = document.createElement('template');
    holder.innerHTML = document.getElementById(`row-${list.dataset.rows}`).innerHTML.replaceAll('__prefix__', total.value);
    total.value = +total.value + 1;
    list.append(holder.content);
    const row = list.lastElementChild;
    $('[data-row-drop]', row).hidden = false;
    name(list);
    return row;
  };

  // 下一行多半接着上一行：午餐之后是晚餐，接站之后是送站
  const day = (text, days) => { const d = new Date(`${text}T00:00Z`); d.setUTCDate(d.getUTCDate() + days); return d.toISOString().slice(0, 10); };
  const follow = {
    meals: (row, last) => {
      const late = box(last, 'meal').value === 'dinner', on = box(last, 'held_on').value;
      box(row, 'meal').value = late ? 'lunch' : 'dinner';
      if (on) box(row, 'held_on').value = late ? day(on, 1) : on;
      box(row, 'guests').value = box(last, 'guests').value;
    },
    cars: (row, last) => {
      if (box(last, 'ride').value !== 'pick_up') return;
      box(row, 'ride').value = 'see_off';
      box(row, 'starts').value = source().leave_at;
      box(row, 'place').value = box(last, 'place').value;
    },
  };
  const add = list => {
    const last = list.lastElementChild, row = bare(list);
    seed(row);
    const stay = document.getElementById('rule')?.dataset.stay, pick = document.getElementById('id_need_pick')?.checked;
    if (list.dataset.rows === 'cars' && (stay || !pick)) box(row, 'ride').value = 'city';
    else if (last) follow[list.dataset.rows]?.(row, last);
    return row;
  };

  form.addEventListener('click', e => {
    const more = e.target.closest('[data-row-add]'), drop = e.target.closest('[data-row-drop]');
    if (more) { $('input, select', add(lists[more.dataset.rowAdd])).focus(); changed(); }
    if (drop) {
      const row = drop.closest('[data-row]'), list = row.parentElement, next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      name(list);
      (next ? $('[data-row-drop]', next) : $(`[data-row-add="${list.dataset.rows}"]`)).focus();
      changed();
    }
  });
  // 回车到下一格，不误提交；最后一格回车加一行
  form.addEventListener('keydown', e => {
    const list = e.target.closest?.('[data-rows]');
    if (e.key !== 'Enter' || !list || e.target.tagName === 'BUTTON' || e.isComposing) return;
    e.preventDefault();
    const inputs = $$('input, select', list), next = inputs[inputs.indexOf(e.target) + 1];
    if (next) next.focus();
    else { $('input, select', add(list)).focus(); changed(); }
  });
  // 刚勾选：第一行带出时间和人数；改了来访时间，没动过的跟着改
  form.addEventListener('change', e => {
    if (e.target.name === 'needs' && e.target.checked) {
      Object.values(lists).filter(list => list.closest('[data-opens]').dataset.opens.split(' ').includes(e.target.id)).forEach(list => {
        if (!rowsOf(list).length) add(list);
        else rowsOf(list).forEach(seed);
        if (e.target.value === 'car' && !document.getElementById('id_need_pick').checked) box(rowsOf(list)[0], 'ride').value = 'city';
      });
    }
    if (['arrive_at', 'leave_at', 'headcount'].includes(e.target.name)) Object.values(lists).filter(open).forEach(list => rowsOf(list).forEach(seed));
  });
  // 恢复本机草稿之前，先把行数补齐
  form.addEventListener('draft:give', e => {
    for (const [kind, list] of Object.entries(lists)) {
      const most = Math.max(-1, ...Object.keys(e.detail).map(k => k.match(new RegExp(`^${kind}-(\\d+)-`))).filter(Boolean).map(m => +m[1]));
      while (+form.elements[`${kind}-TOTAL_FORMS`].value <= most) bare(list);
    }
  });

  $$('[data-row-add],[data-row-drop]', form).forEach(b => { b.hidden = false; });
  Object.values(lists).forEach(name);
})();
