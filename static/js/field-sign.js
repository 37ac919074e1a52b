/* 现场：客户用手指在屏幕上签字，存成透明底的 PNG。 */
(() => {
  const inked = new WeakSet();
  const canvases = document.querySelectorAll("canvas[data-sign]");
  const clear = (canvas) => {
    canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
    inked.delete(canvas);
  };
  for (const canvas of canvases) {
    let last = null;
    const point = (e) => {
      const box = canvas.getBoundingClientRect();
      return [((e.clientX - box.left) / box.width) * canvas.width, ((e.clientY - box.top) / box.height) * canvas.height];
    };
    const stroke = (to) => {
      const pen = canvas.getContext("2d");
      Object.assign(pen, { strokeStyle: getComputedStyle(canvas).color, lineWidth: 5, lineCap: "round", lineJoin: "round" });
      pen.beginPath();
      pen.moveTo(...(last || to));
      pen.lineTo(...to);
      pen.stroke();
      last = to;
      inked.add(canvas);
    };
    canvas.addEventListener("pointerdown", (e) => {
      e.preventDefault();
      canvas.setPointerCapture(e.pointerId);
      last = null;
      stroke(point(e));
    });
    canvas.addEventListener("pointermove", (e) => {
      if (!last) return;
      for (const part of e.getCoalescedEvents?.() || [e]) stroke(point(part));
      stroke(point(e));
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { last = null; });
    canvas.parentElement.querySelector("[data-sign-clear]").addEventListener("click", () => clear(canvas));
  }
  window.fieldSign = {
    of: (form) => {
      const canvas = form.querySelector("canvas[data-sign]");
      if (!canvas || !inked.has(canvas)) return Promise.resolve(null);
      return new Promise((done) => canvas.toBlob((blob) => done({ field: canvas.dataset.sign, name: "签字.png", blob }), "image/png"));
    },
    // 要改的那一步退回来时，签过的字还在，客户不用再签一次
    give: async (form, shots) => {
      for (const canvas of form.querySelectorAll("canvas[data-sign]")) {
        const shot = shots.find((one) => one.field === canvas.dataset.sign);
        if (!shot) continue;
        clear(canvas);
        canvas.getContext("2d").drawImage(await createImageBitmap(shot.blob), 0, 0);
        inked.add(canvas);
      }
    },
    clear: (form) => form.querySelectorAll("canvas[data-sign]").forEach(clear),
  };
})();
