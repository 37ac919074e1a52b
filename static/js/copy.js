// 复制文字：把 data-copy 指的文字放进剪贴板；浏览器不给时选中它，按 Ctrl+C 就行
"use strict";
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const from = document.querySelector(button.dataset.copy);
  const said = document.getElementById("copied");
  try {
    await navigator.clipboard.writeText(from.value);
    said.textContent = "已复制，可以粘贴到邮件或聊天里";
  } catch {
    from.focus();
    from.select();
    said.textContent = "文字已选中，请按 Ctrl+C 复制";
  }
});
