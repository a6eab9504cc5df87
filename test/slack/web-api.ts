import { faultsOf, type Node, windowFaults } from './block-kit.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly team: string;
  readonly admin: boolean;
}
export interface Message {
  readonly channel: string;
  readonly ts: string;
  text: string;
  blocks: readonly Node[];
  readonly thread?: string | undefined;
  edits: number;
}
export interface Window {
  readonly id: string;
  hash: string;
  view: Node & { blocks: readonly Node[] };
}
/** What a person was shown because of something they did. */
export interface Shown {
  readonly text: string;
  readonly blocks: readonly Node[];
  readonly window?: Window;
  readonly errors?: Readonly<Record<string, string>>;
}
export type Body = Record<string, unknown>;

/** An argument that may have come as JSON within a form. */
export const parsed = (value: unknown): never => (typeof value === 'string' ? JSON.parse(value) : value) as never;

/** A workspace's state, and what a call of the Web API does to it. */
export class Workspace {
  readonly team = 'T1';
  readonly people = new Map<string, Person>();
  readonly channels = new Map<string, string>();
  readonly messages: Message[] = [];
  readonly homes = new Map<string, Node>();
  /** What Slack would have refused; a test expects none. */
  readonly faults: string[] = [];
  #count = 0;

  next(): number {
    return ++this.#count;
  }

  /** Carries out a call that concerns no window. */
  call(method: string, args: Body): Body {
    const blocks: readonly Node[] = args.blocks ? parsed(args.blocks) : [];
    const channel = String(args.channel ?? '');
    switch (method) {
      case 'auth.test':
        return { ok: true, team_id: this.team, user_id: 'UBOT', bot_id: 'BBOT' };
      case 'users.info': {
        const user = this.people.get(String(args.user));
        if (!user) return { ok: false, error: 'user_not_found' };
        const { id, name, team, admin } = user;
        return { ok: true, user: { id, name, team_id: team, is_admin: admin, profile: { display_name: name } } };
      }
      case 'conversations.info': {
        const name = this.channels.get(channel);
        return name ? { ok: true, channel: { id: channel, name } } : { ok: false, error: 'channel_not_found' };
      }
      case 'chat.postMessage': {
        this.#quiet(args);
        this.faults.push(...faultsOf(blocks, 50));
        const at = this.people.has(channel) ? `D${channel}` : channel;
        if (!at.startsWith('D') && !this.channels.has(at)) return { ok: false, error: 'channel_not_found' };
        const ts = `${this.next()}.0`;
        const thread = args.thread_ts as string | undefined;
        this.messages.push({ channel: at, ts, text: String(args.text), blocks, thread, edits: 0 });
        return { ok: true, channel: at, ts };
      }
      case 'chat.update': {
        this.#quiet(args);
        this.faults.push(...faultsOf(blocks, 50));
        const old = this.messages.find(one => one.ts === args.ts && one.channel === channel);
        if (!old) return { ok: false, error: 'message_not_found' };
        Object.assign(old, { text: String(args.text), blocks, edits: old.edits + 1 });
        return { ok: true, channel, ts: old.ts };
      }
      case 'views.publish': {
        const view: Node = parsed(args.view);
        this.faults.push(...windowFaults(view));
        this.homes.set(String(args.user_id), view);
        return { ok: true };
      }
      case 'oauth.v2.access':
        if (args.code !== 'good') return { ok: false, error: 'invalid_code' };
        return {
          ok: true,
          app_id: 'A1',
          access_token: 'xoxb-installed',
          token_type: 'bot',
          scope: 'commands,chat:write',
          bot_user_id: 'UBOT',
          team: { id: this.team, name: 'Forum' },
          enterprise: null,
          is_enterprise_install: false,
          authed_user: { id: 'U1' },
        };
      case 'files.completeUploadExternal':
        return { ok: true, files: [{ id: 'F1' }] };
      default:
        this.faults.push(`unknown method ${method}`);
        return { ok: false, error: 'unknown_method' };
    }
  }

  /** Nothing in the words may call anybody or be read as markup. */
  #quiet(args: Body): void {
    if (String(args.parse) !== 'none') this.faults.push('parse is not none');
    if (String(args.text).length > 4000) this.faults.push('text is longer than 4,000');
    if (/<[!@#]|<http|@(channel|here|everyone)/i.test(String(args.text))) this.faults.push(`a ping: ${args.text}`);
  }
}
