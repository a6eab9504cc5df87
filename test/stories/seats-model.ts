/** Says who sits where, and is whom, by the rules R2 to R6, R8 and R12, as simply as they can be written: the bot is compared with it. */
export const PARTNERS = [1, 2, 3] as const;
export const PEOPLE = ['ani', 'budi', 'cici', 'dodi', 'eve'] as const;
/** The coordinator sits for nobody. */
export const ACTORS = ['sari', ...PEOPLE] as const;
export const ROLES = ['representative', 'alternate', 'member'] as const;

type Actor = (typeof ACTORS)[number];
type Person = (typeof PEOPLE)[number];
type Partner = (typeof PARTNERS)[number];
type Role = (typeof ROLES)[number];

export type Deed =
  | { readonly kind: 'join'; readonly by: Person; readonly partner: Partner }
  | {
      readonly kind: 'answer';
      readonly by: Actor;
      readonly who: Person;
      readonly partner: Partner;
      readonly answer: 'accept' | 'decline';
    }
  | { readonly kind: 'seat'; readonly by: Actor; readonly who: Person; readonly partner: Partner; readonly role: Role }
  | { readonly kind: 'unseat'; readonly by: Actor; readonly who: Person }
  | { readonly kind: 'archive' | 'restore'; readonly by: Actor; readonly partner: Partner }
  | { readonly kind: 'vote' | 'unvote' | 'unproxy' | 'report'; readonly by: Person }
  | { readonly kind: 'proxy'; readonly by: Person; readonly partner: Partner }
  | { readonly kind: 'link'; readonly by: Person; readonly who: Person }
  | { readonly kind: 'vouch'; readonly by: Actor; readonly link: number }
  | { readonly kind: 'unlink' | 'amend'; readonly by: Actor }
  | { readonly kind: 'handover'; readonly by: Person; readonly who: Person };

/** The line that does a deed; a link takes several, of both accounts. */
export function lineOf(deed: Exclude<Deed, { kind: 'link' }>): string {
  const said = (() => {
    switch (deed.kind) {
      case 'join':
        return `/partner join M-${deed.partner}`;
      case 'answer':
        return `/partner request M-${deed.partner} ${deed.who} ${deed.answer}`;
      case 'seat':
        return `/partner assign ${deed.who} partner:M-${deed.partner} role:${deed.role}`;
      case 'unseat':
        return `/partner unassign ${deed.who}`;
      case 'archive':
      case 'restore':
        return `/partner ${deed.kind} M-${deed.partner}`;
      case 'vote':
        return '/strategy vote S-1 agree';
      case 'unvote':
      case 'unproxy':
        return `/strategy ${deed.kind} S-1`;
      case 'proxy':
        return `/strategy proxy S-1 M-${deed.partner}`;
      case 'vouch':
        return `/me vouch request:${deed.link}`;
      case 'unlink':
        return '/me unlink';
      case 'amend':
        return '/strategy amend S-1 change:lain';
      case 'report':
        return '/indicator report N-1 value:5 period:nov';
      case 'handover':
        return `/indicator handover N-1 ${deed.who}`;
    }
  })();
  return `@${deed.by} ${said}`;
}

/** A deed with the members who do it and whom it is about, whichever accounts were named. */
type Acted = Deed extends infer D ? (D extends Deed ? Omit<D, 'by'> & { readonly by: string } : never) : never;

interface Before {
  readonly kept: string;
  readonly gone: string;
  readonly seats: Readonly<Record<'kept' | 'gone', { readonly partner: Partner; readonly role: Role } | null>>;
  /** Partners whose reporting was handed to the one who is gone. */
  readonly handed: readonly Partner[];
  readonly accounts: readonly string[];
}

interface Link {
  readonly number: number;
  readonly pair: readonly [string, string];
  /** State before both had the rights; null: they are apart still. */
  before: Before | null;
}

export class Model {
  #linked = 0;

  readonly seats = new Map<string, { partner: Partner; role: Role }>();
  readonly asked = new Map<string, Partner>();
  readonly archived = new Set<Partner>();
  /**
   * Votes and duties by partner: who cast its ballot, who holds its proxy, who reported for it, to whom its reporting
   * is handed.
   */
  readonly ballots = new Map<Partner, string>();
  readonly proxies = new Map<Partner, Partner>();
  readonly reports = new Map<Partner, string>();
  readonly handed = new Map<Partner, string>();
  /** Pairs of members that are one person, the last link at the end. */
  readonly links: Link[] = [];
  /** Members as whom accounts act, where another one was kept. */
  readonly acts = new Map<string, string>();

  /** Returns the member as whom somebody acts. */
  memberOf(name: string): string {
    return this.acts.get(name) ?? name;
  }

  /** The accounts that act as a member. */
  accountsOf(member: string): string[] {
    return ACTORS.filter(name => this.memberOf(name) === member);
  }

  /** The members of the person behind one. */
  personOf(name: string): Set<string> {
    const person = new Set([name]);
    for (const _ of this.links)
      for (const { pair } of this.links) if (pair.some(one => person.has(one))) for (const one of pair) person.add(one);
    return person;
  }

  peopleOf(partner: Partner, role?: Role): string[] {
    const there = [...this.seats].filter(([, seat]) => seat.partner === partner && (!role || seat.role === role));
    return there.map(([name]) => name).sort();
  }

  /** The partner that somebody speaks for. */
  speaks(name: string): Partner | null {
    const seat = this.seats.get(name);
    return seat && seat.role !== 'member' ? seat.partner : null;
  }

  /** Does a deed, and gives its refusal; null: it was done. */
  do(given: Deed): string | null {
    const whom = 'who' in given ? { who: this.memberOf(given.who) } : {};
    const deed = { ...given, by: this.memberOf(given.by), ...whom } as Acted;
    const { by } = deed;
    const acts = by === 'sari' || this.speaks(by) !== null;
    const actsFor = (partner: Partner) => by === 'sari' || this.speaks(by) === partner;
    switch (deed.kind) {
      case 'join':
        if (this.archived.has(deed.partner)) return 'closed';
        if (this.seats.has(by) || this.asked.get(by) === deed.partner) return 'conflict';
        this.asked.set(by, deed.partner);
        return null;
      case 'answer':
        if (!acts || !actsFor(deed.partner)) return 'forbidden';
        if (this.archived.has(deed.partner)) return 'closed';
        if (this.asked.get(deed.who) !== deed.partner) return 'not_found';
        if (deed.answer === 'accept') this.sit(deed.who, deed.partner, 'member');
        this.asked.delete(deed.who);
        return null;
      case 'seat': {
        if (!acts || !actsFor(deed.partner)) return 'forbidden';
        if (this.archived.has(deed.partner)) return 'closed';
        const sits = this.seats.get(deed.who);
        if (sits && sits.partner !== deed.partner && by !== 'sari') return 'forbidden';
        this.sit(deed.who, deed.partner, deed.role);
        return null;
      }
      case 'unseat': {
        if (!acts) return 'forbidden';
        const sits = this.seats.get(deed.who);
        if (!sits) return 'conflict';
        if (!actsFor(sits.partner)) return 'forbidden';
        this.leave(deed.who);
        return null;
      }
      case 'archive':
        if (by !== 'sari') return 'forbidden';
        if (this.archived.has(deed.partner)) return 'closed';
        for (const name of this.peopleOf(deed.partner)) this.leave(name);
        for (const [name, partner] of this.asked) if (partner === deed.partner) this.asked.delete(name);
        // Its proxy stays with a holder who has voted, and ends with one who has not.
        if (!this.ballots.has(this.proxies.get(deed.partner)!)) this.proxies.delete(deed.partner);
        this.archived.add(deed.partner);
        return null;
      case 'restore':
        if (by !== 'sari') return 'forbidden';
        return this.archived.delete(deed.partner) ? null : 'not_found';
      case 'link':
        this.links.push({ number: ++this.#linked, pair: [by, deed.who], before: null });
        return null;
      case 'vouch': {
        const link = this.links.find(one => one.number === deed.link);
        if (!link || link.before) return 'not_found';
        if (this.personOf(link.pair[0]).has(by)) return 'forbidden';
        return by === 'sari' && this.merge(link) ? null : 'not_found';
      }
      case 'unlink': {
        const person = this.personOf(by);
        const merged = new Set(this.links.map(one => one.before?.gone));
        const last = this.links.findLastIndex(
          one => person.has(one.pair[0]) && !(one.before && merged.has(one.before.kept)),
        );
        if (last < 0) return 'not_found';
        const [link] = this.links.splice(last, 1);
        if (link!.before) this.undo(link!.before);
        return null;
      }
      case 'amend':
        // A new round: everybody votes again, and proxies go on.
        if (by !== 'sari') return 'forbidden';
        this.ballots.clear();
        return null;
      default:
        return this.#forOwn(deed);
    }
  }

  /** Does what is done for the partner that one sits for. */
  #forOwn(deed: Extract<Acted, { kind: 'vote' | 'unvote' | 'proxy' | 'unproxy' | 'report' | 'handover' }>) {
    const { by } = deed;
    const own = this.speaks(by);
    if (deed.kind === 'report') {
      const sits = this.seats.get(by)?.partner;
      if (!sits) return 'forbidden';
      const reporter = this.reports.get(sits);
      const isOwn = reporter !== undefined && this.memberOf(reporter) === by;
      if (reporter !== undefined && !isOwn && own !== sits) return 'forbidden';
      this.reports.set(sits, by);
      return null;
    }
    if (own === null) return 'forbidden';
    switch (deed.kind) {
      case 'vote': {
        // One person has one ballot, whichever of their accounts cast the first.
        const others = this.personOf(by);
        others.delete(by);
        if ([...this.ballots].some(([unit, caster]) => unit !== own && others.has(caster))) return 'conflict';
        this.ballots.set(own, by);
        return null;
      }
      case 'unvote':
        return this.ballots.delete(own) ? null : 'conflict';
      case 'proxy':
        if (deed.partner === own) return 'invalid_option';
        if (this.archived.has(deed.partner)) return 'closed';
        if ([...this.proxies].some(([unit, holder]) => unit !== own && holder === deed.partner)) return 'conflict';
        this.proxies.set(own, deed.partner);
        return null;
      case 'unproxy':
        return this.proxies.delete(own) ? null : 'conflict';
      case 'handover':
        if (this.seats.get(deed.who)?.partner !== own) return 'invalid_option';
        this.handed.set(own, deed.who);
        return null;
    }
  }

  /** Makes two members one, the one with more rights: they sit where it sits. False: they are one already. */
  merge(link: Link): boolean {
    const [one, two] = link.pair.map(name => this.memberOf(name)) as [string, string];
    if (one === two) return false;
    const rank = (name: string) => (this.speaks(name) === null ? (this.seats.has(name) ? 1 : 0) : 2);
    const [kept, gone] = rank(two) > rank(one) ? [two, one] : [one, two];
    const seats = { kept: this.seats.get(kept) ?? null, gone: this.seats.get(gone) ?? null };
    const handed = [...this.handed].filter(([, member]) => member === gone).map(([partner]) => partner);
    link.before = { kept, gone, seats: structuredClone(seats), handed, accounts: this.accountsOf(gone) };
    for (const account of link.before.accounts) this.acts.set(account, kept);
    this.seats.delete(gone);
    this.asked.delete(gone);
    for (const partner of handed)
      if (seats.kept?.partner === partner) this.handed.set(partner, kept);
      else this.handed.delete(partner);
    return true;
  }

  /** Makes them two again: a seat comes back unless it has ended, in its role where that is free. */
  undo({ kept, gone, seats, handed, accounts }: Before): void {
    for (const account of accounts) if (this.memberOf(account) === kept) this.acts.set(account, gone);
    const seat = seats.gone;
    if (!seat) return;
    const isOver =
      seats.kept!.partner === seat.partner
        ? this.seats.get(kept)?.partner !== seat.partner
        : this.archived.has(seat.partner);
    if (isOver) return;
    const role = this.peopleOf(seat.partner, seat.role).length ? 'member' : seat.role;
    this.seats.set(gone, { partner: seat.partner, role });
    for (const partner of handed) {
      const holder = this.handed.get(partner);
      const isFree = seats.kept!.partner === partner ? holder === kept : holder === undefined;
      if (isFree) this.handed.set(partner, gone);
    }
  }

  /** A person sits for one partner, and a partner has one representative and one alternate. */
  sit(name: string, partner: Partner, role: Role): void {
    if (this.seats.get(name)?.partner !== partner) this.leave(name);
    if (role !== 'member') for (const other of this.peopleOf(partner, role)) this.seats.get(other)!.role = 'member';
    this.seats.set(name, { partner, role });
    this.asked.delete(name);
  }

  leave(name: string): void {
    this.seats.delete(name);
    for (const [partner, member] of this.handed) if (member === name) this.handed.delete(partner);
  }

  /** Returns who is reminded of a report that is owed: those whom it was handed to, else those who speak, else all. */
  reminded(partner: Partner): string[] {
    const handed = this.handed.get(partner);
    if (handed) return [handed];
    const speaking = this.peopleOf(partner).filter(name => this.speaks(name) === partner);
    return speaking.length ? speaking : this.peopleOf(partner);
  }

  owed(): Partner[] {
    return PARTNERS.filter(partner => !this.archived.has(partner) && !this.reports.has(partner));
  }

  /** Counts the partners that the vote has as present: those with a ballot, and those whose proxy has voted. */
  present(): number {
    const votes = (partner: Partner) => this.ballots.has(partner) || this.ballots.has(this.proxies.get(partner)!);
    return PARTNERS.filter(votes).length;
  }
}
