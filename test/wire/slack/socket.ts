import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Json, type JsonObject, objectOf, textOf } from '../discord/json.ts';
import { timestamp } from './ids.ts';
import type { Delivered, Envelope, Transport } from './transport.ts';
import type { World } from './world.ts';

interface Waiting {
  readonly socket: WebSocket;
  readonly envelope: Envelope;
  readonly done: (delivered: Delivered) => void;
}

/**
 * Socket Mode: hello, envelopes and their acknowledgements, refreshes, and everything that can go wrong with it.
 * https://docs.slack.dev/apis/events-api/using-socket-mode
 */
export class SocketMode implements Transport {
  /** Number of connections that have ever been greeted. */
  greeted = 0;
  /** Acknowledgements that the app sent over the sockets, envelope by envelope. */
  readonly acknowledgements: JsonObject[] = [];
  /** False: new sockets are taken but not greeted. */
  greets = true;
  /** False: the sockets' pings are not answered, as on a dead line. */
  answersPings = true;
  /** Pings of the app that have arrived, and its answers to ours. */
  pings = 0;
  pongs = 0;
  readonly #world: World;
  readonly #sockets: WebSocket[] = [];
  /** Sockets that the app was asked to replace. */
  readonly #leaving = new Set<WebSocket>();
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  /** Events that found nobody connected: Slack keeps trying. */
  readonly #kept: { envelope: Envelope; done: (delivered: Delivered) => void }[] = [];
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false });
  #url = '';
  #next = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Takes WebSocket connections of the HTTP server. */
  attach(http: Server, origin: string): void {
    this.#url = `${origin.replace('http', 'ws')}/link`;
    http.on('upgrade', (request, socket, head) => {
      // Node takes its own listener off such a socket: one that breaks would end the process.
      socket.on('error', () => undefined);
      const ticket = new URL(request.url ?? '/', origin).searchParams.get('ticket') ?? '';
      if (!this.#tickets.delete(ticket)) return socket.end('HTTP/1.1 408 Request Timeout\r\n\r\n');
      this.#server.handleUpgrade(request, socket, head, ws => this.#greet(ws));
    });
  }

  /** A fresh address, good for one connection. */
  open(): string {
    const ticket = randomUUID();
    this.#tickets.add(ticket);
    return `${this.#url}?ticket=${ticket}&app_id=${this.#world.appId}`;
  }

  /** Counts the connections that stand. */
  get connections(): number {
    return this.#sockets.length;
  }

  /** Sockets break without a closing frame; what was on its way is lost, events come again. */
  drop(): void {
    for (const socket of [...this.#sockets]) {
      socket.terminate();
      this.#left(socket);
    }
  }

  /**
   * Slack asks the app to connect anew: 'warning', 'refresh_requested', 'link_disabled', 'too_many_websockets'. It goes
   * on speaking over the old socket until that is closed or another one stands.
   */
  disconnect(reason = 'refresh_requested'): void {
    const frame = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'stand-in' } });
    for (const socket of this.#sockets) {
      socket.send(frame);
      this.#leaving.add(socket);
    }
  }

  /** Slack asks whether the app is still there; from now on the app expects to be asked again. */
  ping(): void {
    for (const socket of this.#sockets) socket.ping();
  }

  /** Sends a frame as it is, such as broken JSON. */
  sendRaw(frame: string): void {
    for (const socket of this.#sockets) socket.send(frame);
  }

  deliver(envelope: Envelope): Promise<Delivered> {
    return new Promise(done => {
      const socket = this.#sockets[this.#next++ % Math.max(1, this.#sockets.length)];
      if (socket) this.#send(socket, envelope, done);
      else if (envelope.type === 'events_api') this.#kept.push({ envelope, done });
      else done({ answer: undefined, status: 0, problem: 'dispatch_failed: the app is not connected' });
    });
  }

  /** Closes all connections. */
  close(): void {
    this.drop();
    this.#server.close();
  }

  #send(socket: WebSocket, envelope: Envelope, done: (delivered: Delivered) => void): void {
    const id = randomUUID();
    this.#waiting.set(id, { socket, envelope, done });
    const { type, payload, takesAnswer, retry } = envelope;
    const frame = {
      envelope_id: id,
      type,
      payload,
      accepts_response_payload: takesAnswer,
      ...(type === 'events_api' ? { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' } : {}),
    };
    socket.send(JSON.stringify(frame));
  }

  #greet(socket: WebSocket): void {
    socket.on('message', data => this.#take(String(data)));
    socket.on('close', () => this.#left(socket));
    socket.on('error', () => undefined);
    socket.on('pong', () => {
      this.pongs += 1;
      this.#world.changed.fire();
    });
    socket.on('ping', data => {
      this.pings += 1;
      if (this.answersPings) socket.pong(data);
      this.#world.changed.fire();
    });
    if (!this.greets) return;
    for (const old of this.#leaving) this.#forget(old);
    this.#leaving.clear();
    this.#sockets.push(socket);
    this.greeted += 1;
    const hello = {
      type: 'hello',
      num_connections: this.#sockets.length,
      connection_info: { app_id: this.#world.appId },
      debug_info: { host: 'stand-in', started: timestamp(), build_number: 1, approximate_connection_time: 18_060 },
    };
    socket.send(JSON.stringify(hello));
    for (const { envelope, done } of this.#kept.splice(0)) {
      this.#send(socket, { ...envelope, retry: { num: 1, reason: 'timeout' } }, done);
    }
    this.#world.changed.fire();
  }

  #take(text: string): void {
    const frame = objectOf(JSON.parse(text) as Json);
    this.acknowledgements.push(frame);
    const id = textOf(frame.envelope_id);
    const waiting = this.#waiting.get(id);
    if (!waiting) return void this.#world.fail(`the app acknowledged what is not waiting: ${text}`);
    this.#waiting.delete(id);
    const payload = objectOf(frame.payload);
    waiting.done({ answer: Object.keys(payload).length > 0 ? payload : null, status: 200, problem: null });
    this.#world.changed.fire();
  }

  #forget(socket: WebSocket): void {
    const at = this.#sockets.indexOf(socket);
    if (at >= 0) this.#sockets.splice(at, 1);
    this.#world.changed.fire();
  }

  /** Settles what was on its way over a socket that is gone: events come again, all else is lost. */
  #left(socket: WebSocket): void {
    for (const [id, waiting] of this.#waiting) {
      if (waiting.socket !== socket) continue;
      this.#waiting.delete(id);
      if (waiting.envelope.type === 'events_api') this.#kept.push(waiting);
      else waiting.done({ answer: undefined, status: 0, problem: 'operation_timeout: the connection broke' });
    }
    this.#forget(socket);
  }
}
