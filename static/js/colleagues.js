/* 从同事名单里点一个，名字就写进陪同人员；没有脚本时照样可以直接写。 */
(() => {
  for (const list of document.querySelectorAll('select[data-adds]')) {
    const field = document.getElementById(list.dataset.adds);
    if (!field) continue;
    list.closest('[hidden]')?.removeAttribute('hidden');
    list.addEventListener('change', () => {
      const name = list.value;
      list.value = '';
      const names = field.value.split(/[、，,;；\n]+/).map(one => one.trim()).filter(Boolean);
      if (!name || names.includes(name)) return;
      field.value = [...names, name].join('、');
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }
})();
