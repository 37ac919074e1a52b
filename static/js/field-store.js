/* 现场：存在这部手机里的东西。steps 是还没送到的步骤，shots 是拍好了还没交的照片。 */
(() => {
  const open = () => new Promise((done, fail) => {
    const ask = indexedDB.open("field", 1);
    ask.onupgradeneeded = () => {
      ask.result.createObjectStore("steps", { keyPath: "seq", autoIncrement: true });
      ask.result.createObjectStore("shots", { keyPath: "seq", autoIncrement: true });
    };
    ask.onsuccess = () => done(ask.result);
    ask.onerror = () => fail(ask.error);
  });
  let base;
  const run = async (name, mode, act) => {
    base ||= open();
    const db = await base;
    return new Promise((done, fail) => {
      const deal = db.transaction(name, mode);
      const ask = act(deal.objectStore(name));
      deal.oncomplete = () => done(ask.result);
      deal.onerror = deal.onabort = () => fail(deal.error);
    });
  };
  window.fieldStore = {
    all: (name) => run(name, "readonly", (box) => box.getAll()),
    put: (name, value) => {
      navigator.storage?.persist?.().catch(() => {});
      return run(name, "readwrite", (box) => box.put(value));
    },
    drop: (name, seq) => run(name, "readwrite", (box) => box.delete(seq)),
    // 每一步一个号，服务器凭它只办一次；http 地址下没有 randomUUID
    id: () => {
      const b = crypto.getRandomValues(new Uint8Array(16));
      b[6] = (b[6] & 15) | 64;
      b[8] = (b[8] & 63) | 128;
      const hex = [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    },
  };
})();
