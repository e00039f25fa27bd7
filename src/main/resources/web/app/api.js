// The API as the pages use it: JSON in, JSON out, problems as errors with their detail.
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.status = status;
    this.body = body;
  }
}

export const onLoggedOut = { call: () => {} };

async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(20000),
  });
  if (answer.status === 204) return {};
  const text = await answer.text();
  let json = {};
  try {
    json = text ? JSON.parse(text) : {};
  } catch (e) {
    json = { title: text.slice(0, 200) };
  }
  if (!answer.ok) {
    if (answer.status === 401 && !path.startsWith('/api/v1/session')) onLoggedOut.call();
    throw new Problem(answer.status, json);
  }
  return json;
}

const query = (params = {}) => {
  const kept = Object.entries(params).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  return kept.length ? `?${new URLSearchParams(kept)}` : '';
};

export const get = (path, params) => ask('GET', `/api/v1${path}${query(params)}`);
export const post = (path, body) => ask('POST', `/api/v1${path}`, body);
export const remove = (path) => ask('DELETE', `/api/v1${path}`);

// Every page of a list up to a bound.
export async function all(path, params = {}, bound = 2000) {
  const items = [];
  let cursor;
  do {
    const page = await get(path, { limit: 1000, ...params, cursor });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < bound);
  return items;
}
