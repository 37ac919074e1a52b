/* 接待清单：加一行、回车加行、边填边合计。没有脚本也能填，三行一次。 */
(() => {
  const form = document.querySelector('[data-costs]'), list = document.getElementById('cost-rows');
  if (!form || !list) return;
  const total = form.elements[`${list.dataset.prefix}-TOTAL_FORMS`], model = document.getElementById('cost-row');
  const box = (row, name) => row.querySelector(`[name$="-${name}"]`);

  const add = () => {
    const last = list.lastElementChild, holder = document.createElement('template');
    holder.innerHTML = model.innerHTML.replaceAll('__prefix__', total.value);
    total.value = +total.value + 1;
    list.append(holder.content);
    const row = list.lastElementChild;
    row.querySelector('[data-cost-number]').textContent = total.value;
    if (last) box(row, 'spent_on').value = box(last, 'spent_on').value;   // 多半是同一天
    return row;
  };
  const sum = () => {
    const amounts = [...list.querySelectorAll('[name$="-amount"]')].map(i => Math.round(+i.value * 100) || 0);
    const cents = amounts.reduce((a, b) => a + b, 0);
    form.querySelector('[data-cost-sum]').textContent = cents ? `这次共 ${(cents / 100).toLocaleString('zh-CN')} 元` : '';
  };

  const more = form.querySelector('[data-cost-add]');
  more.hidden = false;
  more.addEventListener('click', () => box(add(), 'item').focus());
  form.addEventListener('keydown', e => {
    if (e.key !== 'Enter' || e.ctrlKey || e.metaKey || e.target.tagName === 'BUTTON') return;
    const row = e.target.closest('[data-cost-row]');
    if (!row) return;
    e.preventDefault();                                   // 回车不误提交：到下一格，最后一格加一行
    const inputs = [...list.querySelectorAll('input, select')], next = inputs[inputs.indexOf(e.target) + 1];
    (next || box(add(), 'item')).focus();
  });
  form.addEventListener('input', sum);
  sum();
})();
