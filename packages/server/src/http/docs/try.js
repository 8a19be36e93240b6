// Makes the call of a `.try` form and shows its reply. The call goes to the server that sent the page, and nowhere else.
const TOKEN_KEPT = 'recuento-token';
/** Characters of a reply that are shown: more would make the page slow. */
const SHOWN_MAX_CHARS = 100_000;

for (const form of document.querySelectorAll('.try')) {
  const token = form.querySelector('[data-token]');
  const status = form.querySelector('[data-status]');
  const reply = form.querySelector('[data-reply]');
  if (token) token.value = sessionStorage.getItem(TOKEN_KEPT) ?? '';
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (token) sessionStorage.setItem(TOKEN_KEPT, token.value);
    status.textContent = form.dataset.sending;
    reply.hidden = true;
    const started = performance.now();
    try {
      const response = await fetch(addressOf(form), requestOf(form, token));
      const text = await response.text();
      const took_ms = Math.round(performance.now() - started);
      status.textContent = `${response.status} ${response.statusText}, ${took_ms} ms`;
      reply.querySelector('code').textContent = readable(text, form.dataset.cut);
      reply.hidden = false;
    } catch {
      status.textContent = form.dataset.failed;
    }
  });
}

function addressOf(form) {
  let path = form.dataset.path;
  for (const input of form.querySelectorAll('[data-path]')) {
    path = path.replace(`{${input.dataset.path}}`, encodeURIComponent(input.value));
  }
  const query = new URLSearchParams();
  for (const input of form.querySelectorAll('[data-query]')) {
    if (input.value !== '') query.set(input.dataset.query, input.value);
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

function requestOf(form, token) {
  const headers = {};
  if (token?.dataset.token === 'bearer') headers.Authorization = `Bearer ${token.value}`;
  else if (token) headers['wolkvox-token'] = token.value;
  const body = form.querySelector('[data-body]');
  if (body) headers['Content-Type'] = 'application/json';
  return { method: form.dataset.method, headers, ...(body && { body: body.value }) };
}

function readable(text, cut) {
  const shown = indented(text);
  return shown.length > SHOWN_MAX_CHARS ? `${shown.slice(0, SHOWN_MAX_CHARS)}\n… ${cut}` : shown;
}

function indented(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
