/* 现场页的服务线程：先问网络，问不到（或四秒没回音）就用存着的。单子不归您了，存着的那页就删掉。 */
const NAME = "field-1";
const WAIT = 4000;
const WEEK = 7 * 86400e3;
const ASSETS = ["style", "script", "image", "font"];
const NOTHING = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>没有信号</title><h1>没有信号</h1><p>这一页没有在手机里存过，打不开。请到有信号的地方再试；没发出的内容都还在。</p></html>";

const keep = async (request, answer) => {
  const cache = await caches.open(NAME);
  const headers = new Headers(answer.headers);
  headers.set("X-Kept", String(Date.now()));
  await cache.put(request, new Response(await answer.blob(), { status: 200, headers }));
};
const sweep = async () => {
  const cache = await caches.open(NAME);
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    if (Date.now() - Number(kept?.headers.get("X-Kept")) > WEEK) await cache.delete(request);
  }
};
const fetched = async (request, page) => {
  const answer = await fetch(request);
  if (answer.ok && !answer.redirected) await keep(request, answer.clone());
  else if (page && [403, 404, 410].includes(answer.status)) await (await caches.open(NAME)).delete(request);
  return answer;
};
const found = async (request, page) => {
  const kept = await (await caches.open(NAME)).match(request, { ignoreSearch: page, ignoreVary: true });
  const asked = fetched(request, page);
  if (!kept) {
    return asked.catch(() => (page ? new Response(NOTHING, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } }) : Response.error()));
  }
  const late = new Promise((done) => setTimeout(done, WAIT, kept));
  return Promise.race([asked.catch(() => kept), late]);
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name.startsWith("field-") && name !== NAME) await caches.delete(name);
    await sweep();
    await self.clients.claim();
  };
  e.waitUntil(old());
});
self.addEventListener("message", (e) => {
  const { page, files = [] } = e.data || {};
  const put = async (url) => {
    try {
      const answer = await fetch(url, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) await keep(url, answer);
    } catch { /* 下次打开再存 */ }
  };
  e.waitUntil(Promise.all([page, ...files].filter(Boolean).map(put)).then(sweep));
});
self.addEventListener("fetch", (e) => {
  const page = e.request.mode === "navigate";
  const own = new URL(e.request.url).origin === self.location.origin;
  if (e.request.method !== "GET" || !own || !(page || ASSETS.includes(e.request.destination))) return;
  e.respondWith(found(e.request, page));
});
