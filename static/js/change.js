/* 变更：勾选后才展开它的小输入框。影响预览由 htmx 向服务器要；没有脚本时全部展开，照样能填能交。 */
(() => {
  const form = document.getElementById('apply');
  if (!form) return;
  const boxes = [...form.querySelectorAll('[data-opens]')];
  const open = () => boxes.forEach(box => {
    const ticks = box.dataset.opens.split(' ').map(id => document.getElementById(id));
    box.hidden = !ticks.some(tick => tick?.checked) && !box.querySelector('.is-invalid');
  });
  form.addEventListener('change', e => {
    if (e.target.name === 'needs' && e.target.checked) {
      const heads = form.elements.headcount.value;
      boxes.filter(box => box.dataset.opens === e.target.id).forEach(box =>
        box.querySelectorAll('[data-from=headcount]').forEach(input => { if (!input.value) input.value = heads; }));
    }
    open();
  });
  open();
})();
