import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JsonObject, textOf } from '../discord/json.ts';
import { argumentsOf, bytesOf, fileOf } from './body.ts';
import { SlackError } from './errors.ts';
import type { Called, Faults } from './faults.ts';
import { METHODS } from './methods/index.ts';
import type { CallRecord, Team, Token } from './model.ts';
import { answerAt } from './response-url.ts';
import type { Stage } from './stage.ts';
import type { World } from './world.ts';

interface Reply {
  readonly status: number;
  readonly body: JsonObject | string;
  readonly headers?: Record<string, string>;
}

/** The HTTP side: methods, response_urls, uploads and downloads, with faults in between, and the record of it all. */
export class WebServer {
  readonly http: Server = createServer((request, response) => {
    this.#serve(request, response).catch(error => {
      this.#world.fail(`the stand-in broke on ${request.method} ${request.url}: ${String(error?.stack ?? error)}`);
      if (!response.headersSent) response.writeHead(501).end();
    });
  });
  readonly calls: CallRecord[] = [];
  stage: Stage | null = null;
  readonly #world: World;
  readonly #faults: Faults;

  constructor(world: World, faults: Faults) {
    this.#world = world;
    this.#faults = faults;
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
    const bytes = await bytesOf(request);
    const type = request.headers['content-type'] ?? '';
    const path = url.pathname;
    if (path.startsWith('/files-pri/')) return this.#download(path, request, response);
    if (path.startsWith('/upload/v1/')) {
      const file = await fileOf(bytes, type);
      return this.#answer(response, 'upload', {}, null, () => this.#upload(path, file));
    }
    const args = await argumentsOf(url, bytes, type);
    if (path.startsWith('/commands/')) {
      return this.#answer(response, 'response_url', args, null, () => answerAt(this.#world, path, args));
    }
    const method = path.startsWith('/api/') ? path.slice('/api/'.length) : path;
    const authorization = request.headers.authorization ?? '';
    const value = /^Bearer (.+)$/.exec(authorization)?.[1] ?? textOf(args.token);
    const token = this.#world.tokens.get(value);
    await this.#answer(response, method, args, token?.team ?? null, () =>
      this.#method(method, args, value === '' ? null : (token ?? 'unknown'), authorization),
    );
  }

  async #answer(response: ServerResponse, method: string, args: JsonObject, team: Team | null, work: () => Reply) {
    const { token: _, ...shown } = args;
    const record: CallRecord = { method, args: shown, team, status: 0, answer: null, answeredAt: null };
    this.calls.push(record);
    const called: Called = { method, channel: textOf(args.channel ?? args.channel_id), team: team?.id ?? '' };
    await this.#faults.pass(called, false);
    const fault = this.#faults.take(called);
    const worked = !fault || fault.after ? work() : null;
    await this.#faults.pass(called, true);
    const reply = fault ? fault.answer : worked;
    if (!reply) return;
    record.status = fault?.reset ? 0 : reply.status;
    record.answer = reply.body;
    record.answeredAt = performance.now();
    if (fault?.reset) response.destroy();
    else {
      const json = typeof reply.body !== 'string';
      const headers = { 'content-type': json || fault ? 'application/json' : 'text/plain', ...reply.headers };
      response.writeHead(reply.status, headers).end(json ? JSON.stringify(reply.body) : reply.body);
    }
    this.#world.changed.fire();
  }

  #method(name: string, args: JsonObject, token: Token | 'unknown' | null, authorization: string): Reply {
    const { stage } = this;
    if (!stage) throw new Error('nobody has set the stage');
    try {
      const method = METHODS.get(name);
      if (!method) throw new SlackError('unknown_method', [], { req_method: name });
      const world = this.#world;
      if (method.kind === 'open') return ok(method.handle({ stage, world, args, authorization }));
      const good = checkToken(token);
      const { team, scopes } = good;
      if (method.kind === 'app' && !team) return ok(method.handle({ stage, world, args, authorization }));
      if (method.kind === 'app' || !team) throw new SlackError('not_allowed_token_type');
      if (method.scope && scopes && !hasScope(scopes, method.scope)) {
        throw new SlackError('missing_scope', [], { needed: method.scope, provided: [...scopes].join(',') });
      }
      const answer = ok(method.handle({ stage, world, team, token: good, args }));
      return { ...answer, headers: { 'x-oauth-scopes': [...(scopes ?? [])].join(',') } };
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      if (error.isRefusal) this.#world.fail(`${name} was refused: ${error.message}`);
      return { status: 200, body: error.body() };
    }
  }

  #upload(path: string, bytes: Uint8Array): Reply {
    const file = this.#world.files.get(path.split('/').at(-1) ?? '');
    if (!file) return { status: 404, body: 'no such upload' };
    if (bytes.length !== file.length)
      return { status: 400, body: `expected ${file.length} bytes, got ${bytes.length}` };
    file.bytes = bytes;
    return { status: 200, body: `OK - ${bytes.length}` };
  }

  /** Gives out a file; without a good token Slack shows its login page instead. */
  #download(path: string, request: IncomingMessage, response: ServerResponse): void {
    const id = path.split('/')[2]?.split('-')[1] ?? '';
    const value = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const token = this.#world.tokens.get(value);
    const file = this.#world.files.get(id);
    const mayRead = token?.state === 'good' && (token.scopes?.has('files:read') ?? true);
    if (!mayRead)
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to Slack</html>');
    if (!file?.bytes) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': file.mimetype }).end(file.bytes);
  }
}

function ok(body: JsonObject): Reply {
  return { status: 200, body: { ok: true, ...body } };
}

function hasScope(scopes: ReadonlySet<string>, needed: string): boolean {
  return scopes.has(needed) || (needed === 'channels:read' && scopes.has('groups:read'));
}

function checkToken(token: Token | 'unknown' | null): Token {
  if (token === null) throw new SlackError('not_authed');
  if (token === 'unknown') throw new SlackError('invalid_auth');
  const errors = { revoked: 'token_revoked', inactive: 'account_inactive', expired: 'token_expired' } as const;
  if (token.state !== 'good') throw new SlackError(errors[token.state]);
  return token;
}
