/* 审批页：换等级或主陪就重新核对，等级不同才问说明，常用意见一点就填。没有脚本时全部照样能办。 */
(() => {
  const form = document.getElementById('decide');
  if (!form) return;
  const $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];
  const seg = $('#id_tier'), why = $('[data-tier-reason]'), box = $('[data-checks]');

  const reason = () => {
    if (!why) return;
    const now = $('[name=tier]:checked', seg);
    why.hidden = !now || now.value === seg.dataset.proposed;
  };
  let asked;
  const check = async () => {
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams();
    for (const name of ['tier', 'host']) if (form.elements[name]?.value) query.set(name, form.elements[name].value);
    try {
      const reply = await fetch(`${box.dataset.checks}?${query}`, { signal: asked.signal });
      if (reply.ok) box.replaceChildren(...new DOMParser().parseFromString(await reply.text(), 'text/html').body.childNodes);
    } catch { /* 提交时服务器还会核对一遍 */ }
  };
  form.addEventListener('change', e => {
    if (e.target.name === 'tier') reason();
    if (e.target.name === 'tier' || e.target.name === 'host') check();
  });
  // 在小输入框里按回车不是“同意”
  form.addEventListener('keydown', e => { if (e.key === 'Enter' && e.target.matches('input:not([type=submit])')) e.preventDefault(); });

  const phrases = $('[data-phrases]');
  if (phrases) {
    phrases.hidden = false;
    phrases.addEventListener('click', e => {
      const button = e.target.closest('button'), text = form.elements.reason;
      if (!button || text.value.includes(button.textContent)) return;
      text.value = text.value.trim() ? `${text.value.trim()}；${button.textContent}` : button.textContent;
      text.focus();
    });
  }
  // 退回、不批准要写原因：先把光标放到意见上，写好再点一次
  form.addEventListener('submit', e => {
    const what = e.submitter?.value, text = form.elements.reason;
    if (!['return_back', 'reject'].includes(what) || text.value.trim()) return;
    e.preventDefault();
    text.setAttribute('aria-invalid', 'true');
    text.classList.add('is-invalid');
    text.placeholder = `请写明${e.submitter.textContent.trim()}的原因，再点一次`;
    text.scrollIntoView({ block: 'center' });
    text.focus();
  });
  reason();
})();
