/* 现场：拍照。在手机上缩到 1600 像素再存；没交以前也存着，页面被手机收走了再打开还在。 */
(() => {
  const store = window.fieldStore;
  const no = document.body.dataset.no;
  const SIDE = 1600;
  const MOST = 9;
  const boxes = (form) => [...form.querySelectorAll("[data-photos]")];

  const drawn = async (file) => {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
  };
  const shrunk = async (file) => {
    try {
      const blob = await drawn(file);
      return { blob, name: `${file.name.replace(/\.[^.]*$/, "") || "照片"}.jpg` };
    } catch {
      return { blob: file, name: file.name }; // 看不懂的格式原样交，由服务器说清楚
    }
  };
  const thumb = async (box, shot) => {
    const label = box.querySelector("label").textContent.trim().replace(/^拍/, "");
    const li = document.createElement("li");
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: 144, height: 108 });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", label);
    const away = document.createElement("button");
    Object.assign(away, { type: "button", className: "btn btn-sm", textContent: "去掉" });
    away.setAttribute("aria-label", `去掉这张${label}`);
    away.addEventListener("click", async () => { await store.drop("shots", shot.seq); li.remove(); });
    li.append(canvas, away);
    box.querySelector("[data-thumbs]").append(li);
    try {
      const image = await createImageBitmap(shot.blob);
      const scale = Math.max(144 / image.width, 108 / image.height);
      const [w, h] = [image.width * scale, image.height * scale];
      canvas.getContext("2d").drawImage(image, (144 - w) / 2, (108 - h) / 2, w, h);
    } catch { /* 没有小图也照样交 */ }
  };
  const step = (box) => box.closest("form").dataset.step;
  const of = async (form) => {
    const fields = boxes(form).map((box) => box.dataset.photos);
    return (await store.all("shots")).filter((shot) => shot.no === no && shot.step === form.dataset.step && fields.includes(shot.field));
  };
  const add = async (box, blob, name) => {
    const shot = { no, step: step(box), field: box.dataset.photos, name, blob };
    shot.seq = await store.put("shots", shot);
    await thumb(box, shot);
  };

  window.fieldPhotos = {
    of,
    clear: async (form) => {
      for (const shot of await of(form)) await store.drop("shots", shot.seq);
      boxes(form).forEach((box) => box.querySelector("[data-thumbs]").replaceChildren());
    },
    give: async (form, shots) => {
      for (const shot of shots) {
        const box = boxes(form).find((one) => one.dataset.photos === shot.field);
        if (box) await add(box, shot.blob, shot.name);
      }
    },
  };
  document.addEventListener("change", async (e) => {
    const box = e.target.type === "file" && e.target.closest("[data-photos]");
    if (!box) return;
    const files = [...e.target.files];
    e.target.value = "";
    const wrong = box.closest("form").querySelector("[data-wrong]");
    wrong.hidden = true;
    for (const file of files) {
      if ((await of(box.closest("form"))).length >= MOST) {
        wrong.textContent = `一步最多放 ${MOST} 张照片。`;
        wrong.hidden = false;
        return;
      }
      const { blob, name } = await shrunk(file);
      await add(box, blob, name);
    }
  });
  document.addEventListener("DOMContentLoaded", async () => {
    const shots = (await store.all("shots")).filter((shot) => shot.no === no);
    for (const box of document.querySelectorAll("[data-photos]")) {
      for (const shot of shots) if (shot.step === step(box) && shot.field === box.dataset.photos) await thumb(box, shot);
    }
  });
})();
