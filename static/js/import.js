/* 导入：一段一段地交，进度条跟着走；断了网、关了页，下次从停下的地方接着导。没有脚本时每按一次导一段。 */
(() => {
  const form = document.getElementById('advance'), box = document.getElementById('progress');
  if (!form || !box) return;
  const bar = box.querySelector('progress'), words = box.querySelector('[data-say]');
  const button = form.querySelector('button');
  let tries = 0, running = false;
  const say = text => { words.textContent = text; };
  const pause = ms => new Promise(done => setTimeout(done, ms));

  const portion = async () => {
    const reply = await fetch(form.action, { method: 'POST', body: new FormData(form), headers: { 'X-Requested-With': 'fetch' } });
    if (!reply.ok || !(reply.headers.get('content-type') || '').includes('json')) throw new Error(String(reply.status));
    return reply.json();
  };
  const run = async () => {
    for (;;) {
      try {
        const got = await portion();
        tries = 0;
        form.elements.seen.value = got.done;
        bar.value = got.done;
        say(`${got.done} / ${got.total} 行`);
        if (got.finished) { location.reload(); return; }
      } catch {
        if (++tries > 3) { say('没有连上服务器，已导入的都在。请稍后点“接着导入”。'); return; }
        say('网络不稳，正在重试…');
        await pause(1500 * tries);
      }
    }
  };
  form.addEventListener('submit', async e => {
    e.preventDefault();
    if (running) return;
    running = true;
    tries = 0;
    box.hidden = false;
    button.disabled = true;
    button.textContent = '正在导入…';
    await run();
    button.disabled = false;
    button.textContent = '接着导入';
    running = false;
  });
  addEventListener('beforeunload', e => { if (running) e.preventDefault(); });
})();
