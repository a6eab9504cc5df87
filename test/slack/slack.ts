import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { faultsOf, type Node, nodesIn, shown, windowFaults } from './block-kit.ts';
import { filled } from './inputs.ts';
import { type Body, type Message, type Person, parsed, type Shown, type Window, Workspace } from './web-api.ts';

type Fault = { status: number; headers?: Record<string, string>; body: unknown; after?: boolean };

/** A workspace on the loopback: Web API, Socket Mode and what a person can do in the client. */
export class Slack extends Workspace {
  readonly files: string[] = [];
  readonly calls: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<WebSocket>();
  readonly #windows = new Map<string, Window>();
  readonly #triggers = new Map<string, (shown: Shown) => void>();
  readonly #acks = new Map<string, (payload: Body) => void>();
  readonly #broken: { method: string; fault: Fault }[] = [];
  #wss = new WebSocketServer({ noServer: true });
  #closed = false;
  /** Each envelope is delivered twice. */
  twice = false;
  /** Where requests go in HTTP mode; null: over the socket. */
  deliver: ((kind: string, payload: Body) => Promise<Body>) | null = null;

  private constructor(server: Server) {
    super();
    this.#server = server;
  }

  static async start(): Promise<Slack> {
    const server = createServer();
    const slack = new Slack(server);
    server.on('request', (request, response) => void slack.#answer(request, response));
    server.on('upgrade', (request, socket, head) =>
      slack.#wss.handleUpgrade(request, socket, head, ws => slack.#join(ws)),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return slack;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise(done => this.#server.close(done));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  get api(): string {
    return `${this.address}/api/`;
  }

  addPerson(name: string, { admin = false, team = this.team } = {}): Person {
    const person = { id: `U${this.next()}`, name, admin, team };
    this.people.set(person.id, person);
    return person;
  }
  addChannel(name: string): string {
    const id = `C${this.next()}`;
    this.channels.set(id, name);
    return id;
  }
  posts(channel: string): Message[] {
    return this.messages.filter(one => one.channel === channel);
  }
  /** The next call of a method fails like this; `after`: once it was carried out. */
  breakNext(method: string, fault: Fault): void {
    this.#broken.push({ method, fault });
  }
  /** From now on nothing can be answered where it was asked for. */
  closeResponses(): void {
    this.#closed = true;
  }
  drop(): void {
    for (const socket of this.#sockets) socket.terminate();
  }
  get connected(): number {
    return this.#sockets.size;
  }

  /** Types `/rembug …`; the text is as Slack writes it, references and signs escaped. */
  command(user: Person, channel: string, text: string): Promise<Shown> {
    return this.#shown(trigger =>
      this.#send('slash_commands', {
        command: '/rembug',
        text,
        user_id: user.id,
        user_name: user.name.toLowerCase(),
        team_id: this.team,
        team_domain: 'kantor-dinas',
        channel_id: channel,
        trigger_id: trigger,
        response_url: `${this.address}/response/${trigger}`,
      }),
    );
  }

  /** Presses the control of that label in a message, an answer or a window. */
  click(on: Message | Shown, label: string, user: Person, choice?: string): Promise<Shown> {
    const window = 'window' in on ? on.window : undefined;
    const blocks = window?.view.blocks ?? on.blocks;
    const control = nodesIn(blocks).find(
      node => node.action_id !== undefined && shown(node.text ?? node.placeholder) === label,
    );
    if (!control) throw new Error(`no control ${label} in: ${shown(blocks)}`);
    const ts = 'ts' in on ? on.ts : '1.1';
    return this.#shown(trigger =>
      this.#send('interactive', {
        type: 'block_actions',
        user: this.#user(user),
        team: { id: this.team, domain: 'kantor-dinas' },
        trigger_id: trigger,
        ...(window
          ? { view: this.#wire(window), container: { type: 'view', view_id: window.id } }
          : {
              channel: { id: 'channel' in on ? on.channel : 'C0' },
              container: { type: 'message', message_ts: ts },
              message: { ts, ...('thread' in on && on.thread && { thread_ts: on.thread }) },
              response_url: `${this.address}/response/${trigger}`,
            }),
        actions: [
          {
            type: control.type,
            action_id: control.action_id,
            block_id: 'b',
            action_ts: trigger,
            ...(choice && { selected_option: { value: choice } }),
          },
        ],
      }),
    );
  }

  /** Fills a form in and sends it; a value is what the input's kind gives. */
  async submit(window: Window, values: Readonly<Record<string, unknown>>, user: Person): Promise<Shown> {
    const inputs = window.view.blocks.filter(block => block.type === 'input');
    for (const key of Object.keys(values))
      if (!inputs.some(block => block.block_id === key)) throw new Error(`no input ${key}`);
    const state = Object.fromEntries(
      inputs.map(block => {
        const element = block.element as Node;
        const id = block.block_id as string;
        return [id, { [element.action_id as string]: { type: element.type, ...filled(element, values[id]) } }];
      }),
    );
    const ack = await this.#send('interactive', {
      type: 'view_submission',
      user: this.#user(user),
      team: { id: this.team, domain: 'kantor-dinas' },
      view: { ...this.#wire(window), state: { values: state } },
    });
    if (ack.response_action === 'errors') return { text: '', blocks: [], errors: ack.errors as Record<string, string> };
    if (ack.response_action !== 'update') return { text: '', blocks: [] };
    return this.#show(window, ack.view as Window['view']);
  }

  async suggest(window: Window, option: string, typed: string, user: Person): Promise<string[]> {
    const block = window.view.blocks.find(one => one.block_id === option)!;
    const ack = await this.#send('interactive', {
      type: 'block_suggestion',
      user: this.#user(user),
      team: { id: this.team, domain: 'kantor-dinas' },
      view: this.#wire(window),
      block_id: option,
      action_id: (block.element as Node).action_id,
      value: typed,
    });
    return (ack.options as Node[]).map(one => shown(one.text));
  }

  shortcut(user: Person, callback: string, message?: { channel: string; text: string }): Promise<Shown> {
    return this.#shown(trigger =>
      this.#send('interactive', {
        type: message ? 'message_action' : 'shortcut',
        callback_id: callback,
        user: this.#user(user),
        team: { id: this.team, domain: 'kantor-dinas' },
        trigger_id: trigger,
        ...(message && {
          channel: { id: message.channel },
          message: { ts: '9.9', text: message.text },
          response_url: `${this.address}/response/${trigger}`,
        }),
      }),
    );
  }

  async event(event: Body, again: Body = {}): Promise<void> {
    const id = `Ev${this.next()}`;
    await this.#send('events_api', { type: 'event_callback', team_id: this.team, event_id: id, event, ...again });
  }

  /** Waits until something is so; the test's own time limit ends it. */
  async until(so: () => boolean): Promise<void> {
    while (!so()) await new Promise(done => setImmediate(done));
  }

  #user(user: Person): Body {
    return { id: user.id, name: user.name.toLowerCase(), team_id: user.team };
  }
  #wire(window: Window): Body {
    return { ...window.view, id: window.id, hash: window.hash };
  }
  #shown(act: (trigger: string) => Promise<unknown>): Promise<Shown> {
    const trigger = `trigger.${this.next()}`;
    return new Promise((done, fail) => {
      this.#triggers.set(trigger, done);
      act(trigger).catch(fail);
    });
  }
  #show(window: Window, view: Window['view']): Shown {
    this.faults.push(...windowFaults(view));
    window.view = view;
    window.hash = `h${this.next()}`;
    return { text: shown(view), blocks: view.blocks, window };
  }
  async #send(kind: string, payload: Body): Promise<Body> {
    if (this.deliver) return this.deliver(kind, payload);
    const id = `e${this.next()}`;
    const [socket] = this.#sockets;
    return new Promise((done, fail) => {
      this.#acks.set(id, done);
      if (!socket) fail(new Error('nobody is connected'));
      const envelope = JSON.stringify({ type: kind, envelope_id: id, payload, accepts_response_payload: true });
      socket?.send(envelope);
      if (this.twice) socket?.send(envelope);
    });
  }
  #join(socket: WebSocket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('message', data => {
      const { envelope_id, payload = {} } = JSON.parse(String(data)) as { envelope_id: string; payload?: Body };
      this.#acks.get(envelope_id)?.(payload);
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let raw = '';
    for await (const chunk of request) raw += chunk;
    const path = new URL(request.url ?? '/', this.address).pathname;
    const json = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    if (path.startsWith('/response/')) {
      if (this.#closed) return json(404, { ok: false, error: 'used_url' });
      const told = JSON.parse(raw) as Body & { blocks: Node[]; text: string };
      this.faults.push(...faultsOf(told.blocks, 50));
      this.#tell(path.slice('/response/'.length), { text: shown(told.blocks), blocks: told.blocks });
      return json(200, { ok: true });
    }
    if (path.startsWith('/upload/')) {
      this.files.push(path.slice('/upload/'.length));
      return json(200, {});
    }
    const method = path.replace('/api/', '');
    this.calls.push(method);
    const args: Body = raw.startsWith('{') ? JSON.parse(raw) : Object.fromEntries(new URLSearchParams(raw));
    const index = this.#broken.findIndex(one => one.method === method);
    const [broken] = index < 0 ? [] : this.#broken.splice(index, 1);
    if (broken?.fault.after) this.call(method, args);
    if (broken) return json(broken.fault.status, broken.fault.body, broken.fault.headers);
    return json(200, this.call(method, args));
  }

  #tell(trigger: string, told: Shown): void {
    this.#triggers.get(trigger)?.(told);
    this.#triggers.delete(trigger);
  }

  override call(method: string, args: Body): Body {
    switch (method) {
      case 'apps.connections.open':
        return { ok: true, url: `${this.address.replace('http', 'ws')}/link` };
      case 'views.open':
      case 'views.update': {
        const view: Window['view'] = parsed(args.view);
        const old = this.#windows.get(String(args.view_id));
        const trigger = String(args.trigger_id ?? [...this.#triggers.keys()].at(-1));
        if (method === 'views.open' && !this.#triggers.has(trigger)) return { ok: false, error: 'expired_trigger_id' };
        const window = old ?? { id: `V${this.next()}`, hash: 'h', view };
        this.#windows.set(window.id, window);
        this.#tell(trigger, this.#show(window, view));
        return { ok: true, view: { id: window.id } };
      }
      case 'files.getUploadURLExternal':
        return { ok: true, upload_url: `${this.address}/upload/${args.filename}`, file_id: 'F1' };
      case 'files.info':
        return { ok: true, file: { id: args.file, mimetype: 'image/png' } };
      default:
        return super.call(method, args);
    }
  }
}
