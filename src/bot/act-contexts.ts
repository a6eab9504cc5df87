import { type Act, type Identity, isNowhere, type Place } from '../contract/act.ts';
import { chatCall } from '../contract/chat-call.ts';
import { Refusal } from '../contract/refusal.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import type { Audience, Topic } from '../contract/topic.ts';
import { PANEL } from '../contract/topic.ts';
import type { View } from '../contract/view.ts';
import { sendAgain } from '../delivery/failures.ts';
import { enqueue } from '../delivery/outbox.ts';
import { markStale, markStaleFor } from '../delivery/posts.ts';
import type { Actor } from '../domain/actor.ts';
import { type Change, recordEvent } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import { createForum, type Forum } from '../domain/forums.ts';
import {
  actorOf,
  addMember,
  coordinators,
  type Member,
  memberByNumber,
  memberOfAccount,
  membersNamed,
} from '../domain/people.ts';
import { catalogue, type Messages } from '../language/messages.ts';
import type { Node, Text } from '../language/text.ts';
import type { Order, ProductOf } from '../reports/product.ts';
import { type Planned, plan, unplan } from '../schedule/occurrences.ts';
import { MisuseError } from '../storage/scope.ts';
import type { Reader, Tx } from '../storage/store.ts';
import type { ReadContext, WriteContext } from './act-context.ts';
import { cardLink } from './card-link.ts';
import type { LostFile } from './hand-in.ts';
import { helpFor } from './help.ts';
import { accountOf, placeNamed } from './identify.ts';
import type { Known } from './known.ts';
import type { MadeToOrder } from './made-to-order.ts';
import { rolesOf } from './permit.ts';
import type { Registry } from './registry.ts';
import type { Role } from './role.ts';

/** The refusal where no forum is known: how one is begun here, or, in direct messages, where to go first. */
export const noForum = (place: Place): Refusal =>
  new Refusal('not_found', m => (isNowhere(place) ? m.core.noForumDirect : m.core.noForum));

/** The context of an act, as far as it only reads. What needs a forum refuses where there is none. */
export class ReadActContext implements ReadContext {
  private readonly registry: Registry;
  readonly act: Act;
  readonly db: Reader;
  readonly now: Date;
  /** Makes what is large; an action that writes has none, since its unit of work would wait. */
  making: MadeToOrder | null = null;
  protected known: Known;

  constructor(registry: Registry, act: Act, known: Known, db: Reader, now: Date) {
    this.registry = registry;
    this.act = act;
    this.known = known;
    this.db = db;
    this.now = now;
  }

  get hasForum(): boolean {
    return this.known.forum !== null;
  }
  get forum(): Forum {
    if (!this.known.forum) throw noForum(this.place);
    return this.known.forum;
  }
  get forumId(): string {
    return this.forum.id;
  }
  get actor(): Actor {
    if (!this.known.actor) throw noForum(this.place);
    return this.known.actor;
  }
  get roles(): ReadonlySet<Role> {
    return rolesOf(this.known.actor);
  }
  get place() {
    return this.act.place;
  }
  get identity() {
    return this.act.who;
  }
  get locale() {
    return this.known.locale;
  }
  get isLocaleOpen() {
    return this.known.isLocaleOpen ?? false;
  }
  get alertFeeds(): readonly string[] {
    return this.known.alertFeeds ?? [];
  }
  get zone() {
    return this.known.zone;
  }
  get m(): Messages {
    return catalogue[this.known.locale];
  }
  get catalogues(): readonly Messages[] {
    return this.registry.catalogues;
  }

  address(path: string): string {
    const { publicUrl } = this.known;
    return publicUrl ? new URL(path, publicUrl).href : path;
  }

  async lacks(channel: string): Promise<readonly string[]> {
    if (!this.act.lacks) return [];
    chatCall();
    return this.act.lacks(channel);
  }

  help(topic: string | null): View {
    return helpFor(this.registry, this, topic);
  }

  memberByNumber(number: number): Promise<Member | null> {
    return memberByNumber(this.db, this.forumId, number);
  }

  async suggestMembers(typed: string): Promise<readonly Suggestion[]> {
    const found = await membersNamed(this.db, this.forumId, typed, 25);
    return found.map(member => ({ value: String(member.number), label: member.name }));
  }

  async make<O extends Order>(order: O): Promise<ProductOf<O> | null> {
    if (!this.making) throw new MisuseError('something large is made in an action that only reads');
    return this.making.make(this, this.act, order);
  }

  callOff(): boolean {
    return this.making?.callOff(this) ?? false;
  }
}

/** The context of an act that changes something: everything it does commits with the act, or not at all. */
export class WriteActContext extends ReadActContext implements WriteContext {
  readonly tx: Tx;
  readonly newId: () => string;
  lostFiles: readonly LostFile[] = [];
  /** Lines added to the end of the answer. */
  readonly told: Text[] = [];
  /** Link to the card of the thing that was changed, in the place of the act. */
  card: Node | null = null;
  /** The codes of the things that were changed. */
  readonly made = new Set<string>();
  #posts = 0;
  /** True if the actor stays unnamed. */
  unnamed = false;
  /** True if the answer may name the actor, and so is not kept. */
  traceless = false;

  constructor(registry: Registry, act: Act, known: Known, tx: Tx, now: Date, newId: () => string) {
    super(registry, act, known, tx, now);
    this.tx = tx;
    this.newId = newId;
  }

  async found(wanted: Parameters<WriteContext['found']>[0]): Promise<Forum | null> {
    const by = { place: placeNamed(this.place), founder: accountOf(this.place, this.identity) };
    const made = await createForum(this.tx, { ...wanted, id: this.newId() }, by, this.now);
    if (!made) return null;
    const { forum } = made;
    this.known = {
      ...this.known,
      forum,
      member: made.founder,
      actor: await actorOf(this.tx, made.founder),
      locale: forum.locale,
      zone: forum.zone,
    };
    return forum;
  }

  tell(said: Text): void {
    this.told.push(said);
  }

  leaveNoTrace(): void {
    this.unnamed = true;
    this.traceless = true;
  }

  async record(change: Change, how: { unnamed?: boolean } = {}): Promise<number> {
    if (how.unnamed) this.unnamed = true;
    const { thing, number } = change;
    if (thing !== 'forum' && thing !== 'member') this.made.add(codeOf(thing, number));
    if (this.forum.settings.panel) await this.stale(PANEL);
    return recordEvent(this.tx, this.forumId, how.unnamed ? null : this.actor.member, change, this.now);
  }

  post(topic: Topic, to: Audience, how: Parameters<WriteContext['post']>[2] = {}): Promise<void> {
    const occurrence = how.occurrence ?? `${this.act.key}#${++this.#posts}`;
    return enqueue(this.tx, this.forumId, {
      topic,
      to,
      due: how.at ?? this.now,
      occurrence,
      urgent: how.urgent ?? false,
    });
  }

  async askForum(forumId: string, topic: Topic): Promise<void> {
    // Without a channel of their own the coordinators are meant themselves: one occurrence tells each of them once.
    const base = { topic, due: this.now, occurrence: `${topic.kind}:${topic.subject}` };
    await enqueue(this.tx, forumId, { ...base, to: { purpose: 'coordinators' } });
    for (const { number } of await coordinators(this.tx, forumId))
      await enqueue(this.tx, forumId, { ...base, to: { member: number } });
  }

  async stale(...topics: readonly Topic[]): Promise<void> {
    const { platform, workspace, channel, message } = this.place;
    const pressed = channel && message ? { platform, workspace, channel, message } : null;
    const stood = await markStale(this.tx, this.forumId, topics, this.now, pressed);
    this.card ??= cardLink(this.place, stood);
  }

  staleFor(kind: string, members: () => Promise<readonly number[]>): Promise<void> {
    return markStaleFor(this.tx, this.forumId, kind, members, this.now);
  }

  sendAgain(): Promise<number> {
    return sendAgain(this.tx, this.forumId, this.now);
  }

  plan(...planned: readonly Planned[]): Promise<void> {
    return plan(this.tx, this.forumId, ...planned);
  }

  unplan(kind: string, subject: string, reason: string): Promise<void> {
    return unplan(this.tx, this.forumId, kind, subject, reason, this.now);
  }

  unplanAll(kind: string, reason: string): Promise<void> {
    return unplan(this.tx, this.forumId, kind, null, reason, this.now);
  }

  async member(identity: Identity): Promise<Member> {
    const account = accountOf(this.place, identity);
    const known = await memberOfAccount(this.tx, this.forumId, account);
    const { outsider } = identity;
    const { name } = account;
    if (outsider === 'bot') throw new Refusal('invalid_option', m => m.core.isBot({ name }));
    if (!known && outsider === 'unasked') throw new Refusal('limit', m => m.core.limit.names({ name }));
    if (!known && outsider) throw new Refusal('invalid_option', m => m.core.isAbsent({ name }));
    return known ?? addMember(this.tx, this.forumId, account, this.now, { arrived: false });
  }
}
