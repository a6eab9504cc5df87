import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from './errors.ts';
import { type Faults, rateLimited } from './faults.ts';
import { GlobalLimit } from './global-limit.ts';
import { isObject, type Json, objectOf } from './json.ts';
import type { RequestRecord, Upload } from './model.ts';
import { type Answer, type Call, matchPath, type Route } from './rest.ts';
import type { World } from './world.ts';

/** The HTTP side: reads requests, finds the route, applies faults, answers as Discord does, and keeps the record. */
export class RestServer {
  readonly http: Server = createServer((request, response) => {
    this.#serve(request, response).catch(error => {
      this.#world.failures.push(
        `the stand-in broke on ${request.method} ${request.url}: ${String(error?.stack ?? error)}`,
      );
      if (!response.headersSent) response.writeHead(501).end();
      this.#world.changed.fire();
    });
  });
  readonly requests: RequestRecord[] = [];
  routes: readonly Route[] = [];
  /** The one good bot token. */
  token: string;
  readonly #world: World;
  readonly #faults: Faults;
  readonly #limit = new GlobalLimit();

  constructor(world: World, faults: Faults, token: string) {
    this.#world = world;
    this.#faults = faults;
    this.token = token;
  }

  /** Listens on a free loopback port and returns its origin, such as http://127.0.0.1:40123. */
  async listen(): Promise<string> {
    await new Promise<void>(done => {
      this.http.listen(0, '127.0.0.1', done);
    });
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname.startsWith('/cdn/')) return this.#file(url.pathname, response);
    const method = request.method ?? 'GET';
    const { json, uploads } = await readBody(request);
    const path = url.pathname.replace(/^\/api(\/v\d+)?/, '');
    const found = this.#find(method, path);
    const record: RequestRecord = {
      method,
      path,
      route: found?.route.pattern ?? null,
      body: json,
      status: 0,
      answer: null,
    };
    this.requests.push(record);
    const reply = (status: number, body: Json | undefined, headers: Record<string, string> = {}) => {
      record.status = status;
      record.answer = body ?? null;
      send(response, status, body, { ...limitHeaders(method, record.route ?? path), ...headers });
      this.#world.changed.fire();
    };
    if (!found) {
      this.#world.failures.push(`no route for ${method} ${path}`);
      return reply(501, { message: `The Discord stand-in has no route ${method} ${path}`, code: 0 });
    }
    const { pattern, open } = found.route;
    const waitSeconds = open ? 0 : this.#limit.count();
    if (waitSeconds > 0) {
      const { status, body, headers } = rateLimited(waitSeconds, true);
      return reply(status, body, headers);
    }
    await this.#faults.pass(method, pattern, path, false);
    const fault = this.#faults.take(method, pattern, path);
    const spoil = ({ reset, answer }: NonNullable<typeof fault>) => {
      if (!reset) return reply(answer.status, answer.body, answer.headers);
      if (reset === 'closed') request.socket.end();
      else request.socket.resetAndDestroy();
      this.#world.changed.fire();
    };
    if (fault && !fault.after) return spoil(fault);
    const call: Call = {
      method,
      path,
      params: found.params,
      query: url.searchParams,
      json,
      body: objectOf(json),
      uploads,
    };
    const answer = this.#work(found.route, call, request.headers.authorization);
    await this.#faults.pass(method, pattern, path, true);
    if (fault) return spoil(fault);
    reply(answer.status ?? (answer.body === undefined ? 204 : 200), answer.body);
  }

  #find(method: string, path: string): { route: Route; params: Record<string, string> } | null {
    for (const route of this.routes) {
      const params = route.method === method ? matchPath(route.pattern, path) : null;
      if (params) return { route, params };
    }
    return null;
  }

  #work(route: Route, call: Call, authorization: string | undefined): Answer {
    try {
      if (!route.open && authorization !== `Bot ${this.token}`) throw new ApiError(0);
      return route.handle(call);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: error.body() };
    }
  }

  #file(path: string, response: ServerResponse): void {
    const id = path.split('/')[2];
    for (const message of this.#world.messages.values()) {
      const file = message.attachments.find(a => a.id === id);
      if (file) return void response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
    }
    const sent = this.#world.sentFilesExpired ? undefined : this.#world.sentFiles.get(id ?? '');
    if (sent) return void response.writeHead(200, { 'content-type': sent.contentType }).end(sent.bytes);
    response.writeHead(404).end();
  }
}

function send(response: ServerResponse, status: number, body: Json | undefined, headers: Record<string, string>): void {
  if (body === undefined) return void response.writeHead(status, headers).end();
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A bucket per route with room to spare, so that only ordered faults limit the client. */
function limitHeaders(method: string, pattern: string): Record<string, string> {
  return {
    'X-RateLimit-Limit': '1000',
    'X-RateLimit-Remaining': '999',
    'X-RateLimit-Reset-After': '1',
    'X-RateLimit-Bucket': Buffer.from(`${method}${pattern}`).toString('hex'),
  };
}

async function readBody(request: IncomingMessage): Promise<{ json: Json; uploads: Upload[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { json: null, uploads: [] };
  if (!type.startsWith('multipart/form-data')) return { json: JSON.parse(bytes.toString()) as Json, uploads: [] };
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const uploads: Upload[] = [];
  let json: Json = null;
  for (const [name, value] of form.entries()) {
    if (name === 'payload_json') json = JSON.parse(typeof value === 'string' ? value : await value.text()) as Json;
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (index !== undefined && typeof value !== 'string') {
      const content = new Uint8Array(await value.arrayBuffer());
      uploads.push({
        index,
        filename: value.name,
        contentType: value.type || 'application/octet-stream',
        bytes: content,
      });
    }
  }
  return { json: isObject(json) ? json : {}, uploads };
}
