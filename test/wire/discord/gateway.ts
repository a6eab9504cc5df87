import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { snowflake } from './ids.ts';
import { type Json, type JsonObject, numberOf, objectOf, textOf } from './json.ts';
import { renderGuildCreate, renderUser } from './render.ts';
import type { World } from './world.ts';

interface Session {
  readonly id: string;
  readonly shard: [index: number, count: number];
  readonly intents: number;
  seq: number;
  readonly sent: { s: number; frame: string }[];
  socket: WebSocket | null;
}

const OP = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  resume: 6,
  reconnect: 7,
  invalid: 9,
  hello: 10,
  ack: 11,
} as const;

/** The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME with replay, and everything that can go wrong with it. */
export class Gateway {
  readonly sessions: Session[] = [];
  /** Number of IDENTIFYs and RESUMEs that have arrived. */
  identifies = 0;
  resumes = 0;
  heartbeats = 0;
  /** Number of shards that /gateway/bot recommends. */
  shards = 1;
  /**
   * Number of lanes (shard % this) in which IDENTIFYs may come at once; every recommended shard in its own when left
   * out.
   */
  maxConcurrency: number | null = null;
  /** Number of the 1,000 IDENTIFYs a day that are left. */
  identifyBudget = 1000;
  /**
   * Breaches that no test should overlook: a shard held twice, another count of shards, IDENTIFYs too close upon each
   * other.
   */
  readonly breaches: string[] = [];
  readonly #lanes = new Map<number, number>();
  heartbeatIntervalMs = 45_000;
  url = '';
  /** False: heartbeats are no longer acknowledged, as on a zombie connection. */
  acknowledgesHeartbeats = true;
  #closeNext: number[] = [];
  readonly #world: World;
  readonly #token: () => string;
  readonly #server = new WebSocketServer({ noServer: true });

  constructor(world: World, token: () => string) {
    this.#world = world;
    this.#token = token;
    world.dispatch = (event, data, guildId) => this.dispatch(event, data, guildId);
  }

  /** Takes WebSocket connections of the HTTP server. */
  attach(http: Server, origin: string): void {
    this.url = `${origin.replace('http', 'ws')}/gateway`;
    http.on('upgrade', (request, socket, head) => {
      this.#server.handleUpgrade(request, socket, head, ws => this.#greet(ws));
    });
  }

  /** The next IDENTIFY is answered by closing with this code (4004 bad token, 4014 disallowed intents …). */
  closeNextIdentify(code: number): void {
    this.#closeNext.push(code);
  }

  /** Sockets break without a closing frame; the sessions can be resumed. */
  dropSockets(): void {
    for (const { socket } of this.#open()) socket.terminate();
  }

  /** Asks the clients to reconnect and resume (opcode 7). */
  askToReconnect(): void {
    for (const { socket } of this.#open()) socket.send(JSON.stringify({ op: OP.reconnect, d: null }));
  }

  /** Invalidates the sessions (opcode 9). Not resumable ones must identify anew. */
  invalidate(resumable = false): void {
    for (const { session, socket } of this.#open()) {
      if (!resumable) this.#forget(session);
      socket.send(JSON.stringify({ op: OP.invalid, d: resumable }));
    }
  }

  /** Closes every socket with a code; 4004 and the like end the sessions. */
  closeSockets(code: number): void {
    for (const { session, socket } of this.#open()) {
      if (code === 1000 || [4003, 4004, 4007, 4009].includes(code)) this.#forget(session);
      socket.close(code);
    }
  }

  /** Sends an event to every session it concerns; sessions whose socket is down get it when they resume. */
  dispatch(event: string, data: object, guildId: string | null): void {
    for (const session of this.sessions) {
      const [index, count] = session.shard;
      const mine = guildId === null ? 0 : Number((BigInt(guildId) >> 22n) % BigInt(count));
      if (mine === index && (session.intents & intentOf(event, guildId)) === intentOf(event, guildId)) {
        this.#sendTo(session, event, data);
      }
    }
  }

  /** True when a client is connected with all its shards and has been sent READY. */
  get connected(): boolean {
    const open = this.sessions.filter(s => s.socket !== null);
    return open.length > 0 && new Set(open.map(s => s.shard[0])).size === open[0]?.shard[1];
  }

  /** The shards with a connection, in order. */
  get held(): readonly number[] {
    return this.#open()
      .map(({ session }) => session.shard[0])
      .sort((a, b) => a - b);
  }

  /** Ends all connections. */
  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #open(): { session: Session; socket: WebSocket }[] {
    return this.sessions.flatMap(session => (session.socket ? [{ session, socket: session.socket }] : []));
  }

  #forget(session: Session): void {
    const at = this.sessions.indexOf(session);
    if (at >= 0) this.sessions.splice(at, 1);
  }

  #sendTo(session: Session, event: string, data: object): void {
    session.seq += 1;
    const frame = JSON.stringify({ op: OP.dispatch, s: session.seq, t: event, d: data });
    session.sent.push({ s: session.seq, frame });
    if (session.sent.length > 5_000) session.sent.shift();
    session.socket?.send(frame);
  }

  #greet(ws: WebSocket): void {
    ws.send(JSON.stringify({ op: OP.hello, d: { heartbeat_interval: this.heartbeatIntervalMs } }));
    ws.on('message', raw => {
      const frame = objectOf(JSON.parse(String(raw)) as Json);
      if (frame.op === OP.heartbeat) {
        this.heartbeats += 1;
        if (this.acknowledgesHeartbeats) ws.send(JSON.stringify({ op: OP.ack }));
      } else if (frame.op === OP.identify) this.#identify(ws, objectOf(frame.d));
      else if (frame.op === OP.resume) this.#resume(ws, objectOf(frame.d));
      else if (frame.op !== OP.presence) this.#world.failures.push(`gateway opcode ${frame.op} is not modelled`);
      this.#world.changed.fire();
    });
    ws.on('close', code => {
      for (const session of this.sessions.filter(s => s.socket === ws)) {
        session.socket = null;
        // A client that closes with 1000 or 1001 gives its session up.
        if (code === 1000 || code === 1001) this.#forget(session);
      }
      this.#world.changed.fire();
    });
    ws.on('error', () => undefined);
  }

  #identify(ws: WebSocket, d: JsonObject): void {
    this.identifies += 1;
    this.identifyBudget -= 1;
    const code = this.#closeNext.shift() ?? (d.token === this.#token() ? null : 4004);
    if (code !== null) {
      ws.close(code, code === 4004 ? 'Authentication failed.' : '');
      return;
    }
    const [index, count] = Array.isArray(d.shard) ? d.shard : [];
    const shard: [number, number] = [numberOf(index, 0), numberOf(count, 1)];
    if (shard[0] >= shard[1]) return void ws.close(4010, 'Invalid shard.');
    this.#watch(shard);
    const session: Session = {
      id: `session-${snowflake()}`,
      shard,
      intents: numberOf(d.intents),
      seq: 0,
      sent: [],
      socket: ws,
    };
    this.sessions.push(session);
    const guilds = [...this.#world.guilds.values()].filter(
      g => g.present && Number((BigInt(g.id) >> 22n) % BigInt(shard[1])) === shard[0],
    );
    this.#sendTo(session, 'READY', {
      v: 10,
      user: { ...renderUser(this.#world.bot), mfa_enabled: true, verified: true, email: null },
      guilds: guilds.map(g => ({ id: g.id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: this.url,
      shard,
      application: { id: this.#world.applicationId, flags: 0 },
    });
    for (const guild of guilds.filter(g => !g.unavailable)) {
      if (session.intents & 1) this.#sendTo(session, 'GUILD_CREATE', renderGuildCreate(this.#world, guild));
    }
  }

  /** Notes what Discord would take and a bot of several processes must not do. */
  #watch([index, count]: readonly [number, number]): void {
    const open = this.#open().map(({ session }) => session.shard);
    if (open.some(([i, n]) => i === index && n === count))
      this.breaches.push(`shard ${index} of ${count} is held twice`);
    if (open.some(([, n]) => n !== count)) this.breaches.push(`${count} shards beside another count`);
    if (this.identifyBudget < 0) this.breaches.push('no IDENTIFY was left');
    const lane = index % (this.maxConcurrency ?? this.shards);
    const since = performance.now() - (this.#lanes.get(lane) ?? Number.NEGATIVE_INFINITY);
    // Discord counts five seconds; the way here may shorten them a little.
    if (this.maxConcurrency && since < 4_900)
      this.breaches.push(`IDENTIFYs ${Math.round(since)} ms apart in lane ${lane}`);
    this.#lanes.set(lane, performance.now());
  }

  #resume(ws: WebSocket, d: JsonObject): void {
    this.resumes += 1;
    const session = this.sessions.find(s => s.id === textOf(d.session_id));
    if (d.token !== this.#token()) {
      ws.close(4004, 'Authentication failed.');
      return;
    }
    if (!session) {
      ws.send(JSON.stringify({ op: OP.invalid, d: false }));
      return;
    }
    const [index, count] = session.shard;
    const others = this.#open().filter(one => one.session !== session);
    if (others.some(one => one.session.shard[0] === index))
      this.breaches.push(`shard ${index} of ${count} is held twice`);
    session.socket = ws;
    for (const { s, frame } of session.sent) if (s > numberOf(d.seq)) ws.send(frame);
    this.#sendTo(session, 'RESUMED', {});
  }
}

/** The intent bit an event needs; 0 for none. */
function intentOf(event: string, guildId: string | null): number {
  if (event.startsWith('MESSAGE_')) return guildId === null ? 1 << 12 : 1 << 9;
  if (event.startsWith('GUILD_SCHEDULED_EVENT')) return 1 << 16;
  if (event.startsWith('GUILD_MEMBER')) return 1 << 1;
  return /^(GUILD|CHANNEL|THREAD)/.test(event) ? 1 : 0;
}
