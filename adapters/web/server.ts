import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Page, Visit } from '../../src/contract/page.ts';
import { forASecond } from './memory.ts';
import { createRate } from './rate-limit.ts';
import { visitorOf } from './visitor.ts';

/** Route besides health and figures: a path, who answers it, and the visitor who asks. */
export type Route = (request: IncomingMessage, response: ServerResponse, visitor: string) => Promise<void>;

/** Describes how things stand, by name: what fails, and what somebody should know besides. */
export interface HealthReport {
  readonly failing: Readonly<Record<string, string>>;
  readonly noted: Readonly<Record<string, string>>;
}

export interface WebOptions {
  /** Returns what fails, by name: empty where all is well. What is only noted does not make us unwell. */
  health(): Promise<HealthReport>;
  metrics(): Promise<string>;
  /** Token that opens the figures on this port; undefined: nobody may read them. */
  readonly metricsToken: string | undefined;
  /** The pages for anybody; it answers every path, if only with that there is nothing. */
  site(visit: Visit): Promise<Page>;
  /** Routes by method and path, `POST /slack/events`. */
  readonly routes: Readonly<Record<string, Route>>;
  /** Public address of the port: with `https`, through a proxy. */
  readonly publicUrl: string | undefined;
  onError(error: unknown): void;
}

/**
 * Answers `/healthz`, the routes handed in and the public pages, and `/metrics` to requests that bear the token. `port`
 * 0 picks a free one, and without a `host` it is opened on all addresses. What anybody may ask about us is asked of the
 * house once a second at most.
 */
export async function startWeb(told: WebOptions, port: number, host?: string): Promise<Listening> {
  const rate = createRate();
  const deps: WebOptions = {
    ...told,
    health: forASecond(() => told.health()),
    metrics: forASecond(() => told.metrics()),
  };
  const server = createServer((request, response) => {
    void answer(deps, rate, request, response).catch(error => {
      deps.onError(error);
      if (!response.headersSent) send(response, 500, 'text/plain', 'internal error\n');
      else response.destroy();
    });
  });
  return listen(server, { port, ...(host && { host }) });
}

/**
 * Opens a port for figures alone, on an address that only those who may read them reach. @throws what the port says.
 */
export async function startMetrics(
  metrics: () => Promise<string>,
  address: { readonly host: string; readonly port: number },
  onError: (error: unknown) => void,
): Promise<Listening> {
  const told = forASecond(metrics);
  const server = createServer((request, response) => {
    const asked = request.method === 'GET' && (request.url ?? '').split('?')[0] === '/metrics';
    if (!asked) return send(response, 404, 'text/plain', 'not found\n');
    void told().then(
      text => send(response, 200, PROMETHEUS, text),
      error => {
        onError(error);
        send(response, 500, 'text/plain', 'internal error\n');
      },
    );
  });
  return listen(server, address);
}

/** A port that is open. */
export interface Listening {
  readonly port: number;
  stop(): Promise<void>;
}

async function listen(server: Server, address: { readonly host?: string; readonly port: number }): Promise<Listening> {
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(address, ready);
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

const PROMETHEUS = 'text/plain; version=0.0.4';

/** Tells whether a request bears the token; compared by hash, so that the time it takes tells nothing. */
function bears({ headers }: IncomingMessage, token: string | undefined): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (!token || given === undefined) return false;
  const hashed = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hashed(given), hashed(token));
}

async function answer(
  deps: WebOptions,
  rate: ReturnType<typeof createRate>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/', query = ''] = (request.url ?? '/').split('?');
  const route = deps.routes[`${request.method} ${path}`];
  const visitor = visitorOf(request, deps.publicUrl);
  const tooMany = (): boolean => !rate.allows(visitor);
  // Requests of a platform come from few addresses and are signed: counting them would hold up the platform.
  if (route && request.method === 'GET' && tooMany()) return comeBack(response);
  if (route) return route(request, response, visitor);
  if (request.method === 'GET' && path === '/healthz') {
    const { failing, noted } = await deps.health();
    const well = Object.keys(failing).length === 0;
    const isNoted = Object.keys(noted).length > 0;
    return send(
      response,
      well ? 200 : 503,
      'application/json',
      `${JSON.stringify({ ok: well, ...(!well && { failing }), ...(isNoted && { noted }) })}\n`,
    );
  }
  if (request.method === 'GET' && path === '/metrics' && bears(request, deps.metricsToken))
    return send(response, 200, PROMETHEUS, await deps.metrics());
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return send(response, 405, 'text/plain', 'not allowed\n');
  }
  if (tooMany()) return comeBack(response);
  const page = await deps.site({
    path,
    query: new URLSearchParams(query),
    has: request.headers['if-none-match'] ?? null,
    zip: /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')),
  });
  response.writeHead(page.status, page.headers);
  if (request.method === 'HEAD' || page.body instanceof Uint8Array)
    return void response.end(request.method === 'HEAD' ? undefined : page.body);
  // A reader who goes away in the middle is no fault.
  await pipeline(Readable.from(page.body), response).catch(error => {
    if (!response.destroyed) throw error;
  });
}

function comeBack(response: ServerResponse): void {
  response.setHeader('retry-after', '60');
  send(response, 429, 'text/plain', 'terlalu banyak permintaan, cobalah lagi sebentar / too many requests\n');
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${type}${type.startsWith('text/plain;') ? '' : '; charset=utf-8'}`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}
