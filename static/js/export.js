/* 后台导出：每隔一会儿看一次写到第几行，做完就换成下载。没有脚本时按“刷新看进度”。 */
(() => {
  const box = document.getElementById('export');
  if (!box) return;
  const bar = box.querySelector('progress'), words = box.querySelector('[data-say]');
  const look = async () => {
    try {
      const reply = await fetch(box.dataset.watch, { headers: { Accept: 'application/json' } });
      if (reply.redirected) { location.reload(); return; }
      if (!reply.ok) throw new Error(String(reply.status));
      const got = await reply.json();
      if (!got.open) { location.reload(); return; }
      if (got.total) { bar.max = got.total; bar.value = got.rows; }
      words.textContent = got.rows ? `已写 ${got.rows.toLocaleString('zh-CN')}${got.total ? ` / ${got.total.toLocaleString('zh-CN')}` : ''} 行` : got.word;
    } catch {
      words.textContent = '没有连上服务器，正在重试…';
    }
    setTimeout(look, 1500);
  };
  setTimeout(look, 800);
})();
