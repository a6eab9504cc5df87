import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRate } from './rate.ts';

/** What is asked of us over HTTP besides health and figures: a path and who answers it. */
export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What a page says, and how. */
export interface SitePage {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WebHouse {
  /** What is not well, by name; empty: all is well. */
  health(): Promise<Readonly<Record<string, string>>>;
  metrics(): Promise<string>;
  /** A page for anybody, or null where there is none. */
  site(visit: { path: string; lang: string | null; etag: string | null }): Promise<SitePage | null>;
  /** By method and path, `POST /slack/events`. */
  readonly routes: Readonly<Record<string, Route>>;
  onError(error: unknown): void;
}

/** Answers `/healthz`, `/metrics` and the routes handed in; `port` 0 picks a free one. */
export async function startWeb(house: WebHouse, port: number): Promise<{ port: number; stop(): Promise<void> }> {
  const rate = createRate();
  const server = createServer((request, response) => {
    void answer(house, rate, request, response).catch(error => {
      house.onError(error);
      if (!response.headersSent) send(response, 500, 'text/plain', 'internal error\n');
      else response.destroy();
    });
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(port, ready);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise(done => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  house: WebHouse,
  rate: ReturnType<typeof createRate>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?');
  const route = house.routes[`${request.method} ${path}`];
  if (route) return route(request, response);
  if (request.method === 'GET' && path === '/healthz') {
    const ill = await house.health();
    const well = Object.keys(ill).length === 0;
    return send(
      response,
      well ? 200 : 503,
      'application/json',
      `${JSON.stringify({ ok: well, ...(!well && { failing: ill }) })}\n`,
    );
  }
  if (request.method === 'GET' && path === '/metrics')
    return send(response, 200, 'text/plain; version=0.0.4', await house.metrics());
  if ((request.method === 'GET' || request.method === 'HEAD') && path.startsWith('/f/')) {
    if (!rate.allows(request.socket.remoteAddress ?? '')) {
      response.setHeader('retry-after', '60');
      return send(response, 429, 'text/plain', 'too many requests\n');
    }
    const etag = request.headers['if-none-match'] ?? null;
    const page = await house.site({ path, lang: new URLSearchParams(query).get('lang'), etag });
    if (page) {
      response.writeHead(page.status, page.headers);
      response.end(request.method === 'HEAD' ? undefined : page.body);
      return;
    }
  }
  send(response, 404, 'text/plain', 'not found\n');
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${type}${type.startsWith('text/plain;') ? '' : '; charset=utf-8'}`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
