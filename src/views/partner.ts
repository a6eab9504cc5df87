import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, facts, list, note, table, text, type View, view } from '../contract/view.ts';
import { areaNames } from '../domain/areas/area.ts';
import { historyOf } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import type { Page } from '../domain/page.ts';
import { type Partner, partnerByNumber, seatsOf } from '../domain/partners.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { seatRequestOf, seatRequestsFor } from '../domain/seat-requests.ts';
import { selfJoined } from '../domain/self-joined.ts';
import { when } from '../language/dates.ts';
import type { Messages } from '../language/messages.ts';
import { type Text, t } from '../language/text.ts';
import { LEVELS, SECTORS } from '../storage/schema/people.ts';
import { nextPage, placeNote } from './paging.ts';
import { mapPictures } from './pictures.ts';

/** Maximum of people in one message about who joined by themselves. */
const SELF_JOINED_SHOWN = 50;

const sectorOf = (m: Messages, partner: Partner): string =>
  partner.sector ? m.partner.sectors[partner.sector] : m.partner.noSector;

/** One partner and its people; `head` says what just happened. */
export async function partnerCard(context: RenderContext, partner: Partner, head?: Text): Promise<View> {
  const { m, db, forumId } = context;
  const w = m.partner;
  const seats = await seatsOf(db, forumId, partner.number);
  const asking = await seatRequestsFor(db, forumId, partner.number);
  const titled = t`${codeOf('partner', partner.number)} ${partner.name}`;
  return view(head ?? titled, {
    tone: head ? 'good' : 'plain',
    blocks: [
      head ? { kind: 'text', text: titled } : null,
      facts([
        [w.state, partner.archivedAt ? w.archivedState : partner.candidateSince && w.candidateState],
        [w.sector, sectorOf(m, partner)],
        [w.focus, partner.focus],
        [m.core.area, areaNames(partner.area)],
        [w.contact, partner.contact],
        [w.influence, partner.influence && w.levels[partner.influence]],
        [w.interest, partner.interest && w.levels[partner.interest]],
        [w.asking, asking.map(one => one.name).join(', ')],
        [w.people, seats.map(one => `${one.name} (${w.seatRoles[one.role]})`).join(', ') || w.nobody],
      ]),
    ],
  });
}

/**
 * Lists what became of a partner's taking part, a line a change, once there is more than that it was added. What is
 * between it and a few people is not told here.
 */
export async function partnerHistory(context: RenderContext, partner: Partner): Promise<Block | null> {
  const { history } = context.m.partner;
  const events = await historyOf(context.db, context.forumId, 'partner', partner.number);
  const lines = events.flatMap(({ kind, at, name, data }) => {
    const what = history[kind.replace('partner.', '') as keyof typeof history];
    if (!what) return [];
    const reason = kind === 'partner.archived' && data.reason ? `: ${data.reason}` : '';
    return [t`${when(at, context.zone, context.locale)} · ${name ?? context.m.core.bot} ${what}${reason}`];
  });
  return lines.length > 1 ? list(lines) : null;
}

/** A candidate partner, with what may become of it. */
export async function candidateCard(context: RenderContext, partner: Partner, head?: Text): Promise<View> {
  const id = { partner: codeOf('partner', partner.number) };
  const card = await partnerCard(context, partner, head);
  const next = [
    button(context.m, 'joined', 'pc', id, 'primary'),
    button(context.m, 'askLater', 'pf', id),
    button(context.m, 'declines', 'pd', id),
  ];
  return { ...card, controls: [next] };
}

const candidate: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const found = await partnerByNumber(context.db, context.forumId, Number(subject));
    if (!found?.candidateSince || found.archivedAt) return { suppressed: 'answered' };
    return candidateCard(context, found, context.m.partner.followUpTitle({ name: found.name }));
  },
};

/** Tells a person where they sit now, when somebody else has changed it. */
const seat: PostType = {
  keptCurrent: false,
  async view({ db, forumId, m }, subject) {
    const member = await memberByNumber(db, forumId, Number(subject));
    if (!member || member.forgottenAt) return { suppressed: 'gone' };
    const { seat: sits } = await actorOf(db, member);
    const partner = sits && (await partnerByNumber(db, forumId, sits.partner));
    const w = m.partner;
    const title = partner ? w.youSit({ partner: partner.name, role: w.seatRoles[sits.role] }) : w.youSitNowhere;
    return view(title, { blocks: [text(w.seatHint)] });
  },
};

/** Finds the request to sit for a partner that the subject names; null once it is answered. */
async function openRequest({ db, forumId }: RenderContext, subject: string) {
  const [number, asking] = subject.split(':').map(Number);
  const asked = await seatRequestOf(db, forumId, asking ?? 0);
  const partner = asked?.partner === number ? await partnerByNumber(db, forumId, asked!.partner) : null;
  const member = partner && (await memberByNumber(db, forumId, asked!.member));
  return partner && member ? { partner, member, said: { member: member.name, partner: partner.name } } : null;
}

/** Tells those who may answer that a person asks to sit for a partner. */
const seatRequest: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const open = await openRequest(context, subject);
    if (!open) return { suppressed: 'answered' };
    const { m } = context;
    const values = { partner: codeOf('partner', open.partner.number), member: String(open.member.number) };
    return view(m.partner.seatRequest(open.said), {
      tone: 'warning',
      blocks: [text(m.partner.seatRequestHint)],
      controls: [
        [
          button(m, 'acceptSeat', 'pq', { ...values, answer: 'accept' }, 'primary'),
          button(m, 'declineSeat', 'pq', { ...values, answer: 'decline' }, 'danger'),
        ],
      ],
    });
  },
};

/** A request that nobody has answered: the coordinators' channel is told. */
const seatRequestWaiting: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const open = await openRequest(context, subject);
    if (!open) return { suppressed: 'answered' };
    return view(context.m.partner.seatRequestWaits(open.said), { tone: 'warning' });
  },
};

/** Lists people who sit for a partner without anybody's yes, for the coordinators to look through once. */
const selfJoinedList: PostType = {
  keptCurrent: false,
  async view({ db, forumId, m }) {
    const people = await selfJoined(db, forumId);
    if (!people.length) return { suppressed: 'nobody' };
    return view(m.partner.selfJoined, {
      tone: 'warning',
      blocks: [
        list(people.slice(0, SELF_JOINED_SHOWN).map(one => `${one.name}: ${one.partner}`)),
        text(m.partner.selfJoinedHint({ n: people.length })),
      ],
    });
  },
};

const seatRefused: PostType = {
  keptCurrent: false,
  async view({ db, forumId, m }, subject) {
    const partner = await partnerByNumber(db, forumId, Number(subject));
    if (!partner) return { suppressed: 'gone' };
    return view(m.partner.seatRefused({ partner: partner.name }), { blocks: [text(m.partner.seatRefusedHint)] });
  },
};

/** Post types about partners. */
export const partnerSubjects: PostTypes = {
  candidate,
  seat,
  seat_request: seatRequest,
  seat_request_waits: seatRequestWaiting,
  seat_refused: seatRefused,
  self_joined: selfJoinedList,
};

/** The partners of a forum, or of a sector. */
export async function partnerList(
  context: RenderContext,
  page: Page<Partner>,
  filter: Readonly<Record<string, string>>,
): Promise<View> {
  const { rows: partners } = page;
  const { m } = context;
  const w = m.partner;
  const seats = await seatsOf(context.db, context.forumId);
  const people = (partner: Partner): string =>
    seats
      .filter(one => one.partner === partner.number && one.role !== 'member')
      .map(one => one.name)
      .join(', ') || w.nobody;
  return view(w.list, {
    blocks: [
      partners.length ? null : { kind: 'text', text: w.empty },
      table(
        [w.name, w.sector, w.focus, w.people],
        partners.map(one => [
          t`${codeOf('partner', one.number)} ${one.name}`,
          sectorOf(m, one),
          one.focus ?? m.core.none,
          people(one),
        ]),
      ),
      (await placeNote(context, page)) ?? (partners.length ? note(w.count({ n: partners.length })) : null),
    ],
    controls: [nextPage(context, page, 'pl', last => ({ ...filter, after: String(last.number) }))],
  });
}

/** Coverage by sector and focus, who is missing, and influence against interest. */
export function partnerMap(context: RenderContext, partners: readonly Partner[], candidates: readonly Partner[]): View {
  const { m } = context;
  const w = m.partner;
  const of = (sector: Partner['sector']) => partners.filter(one => one.sector === sector);
  const empty = SECTORS.filter(sector => !of(sector).length);
  const rated = partners.filter(one => one.influence && one.interest);
  const unrated = partners.filter(one => !rated.includes(one));
  return view(w.mapTitle, {
    blocks: [
      ...mapPictures(context, partners),
      table(
        [w.sector, w.name, w.focus],
        SECTORS.map(sector => [
          w.sectors[sector],
          someOf(of(sector).map(one => one.name)) || m.core.none,
          someOf([...new Set(of(sector).flatMap(one => one.focus ?? []))]) || m.core.none,
        ]),
      ),
      {
        kind: 'text',
        text: empty.length ? w.mapMissing({ sectors: empty.map(one => w.sectors[one]).join(', ') }) : w.mapComplete,
      },
      powerGrid(m, rated),
      unrated.length ? list([w.mapUnknown({ names: someOf(unrated.map(one => one.name)) })]) : null,
      candidates.length ? text(w.candidates) : null,
      list(
        candidates.slice(0, NAMED).map(one => t`${codeOf('partner', one.number)} ${one.name} (${sectorOf(m, one)})`),
      ),
      candidates.length > NAMED ? note(`+${candidates.length - NAMED}`) : null,
    ],
    controls: [[button(m, 'invitePartner', 'pi'), button(m, 'allPartners', 'pl')], sectorMenu(context, partners)],
  });
}

/** Maximum number of names in a row of the map; its count tells how many more there are, and the list has them all. */
const NAMED = 8;

const someOf = (names: readonly string[]): string => {
  const more = names.length > NAMED ? ` +${names.length - NAMED}` : '';
  return names.slice(0, NAMED).join(', ') + more;
};

/** Leads from the map to all partners of a sector, where there are more than it names. */
function sectorMenu({ m }: RenderContext, partners: readonly Partner[]): Control[] {
  const count = (sector: Partner['sector']): number => partners.filter(one => one.sector === sector).length;
  const large = SECTORS.filter(sector => count(sector) > NAMED);
  return [
    {
      kind: 'select',
      name: 'allPartners',
      label: m.partner.list,
      does: { action: 'pl', values: {} },
      fills: 'sector',
      choices: large.map(sector => ({ value: sector, label: `${m.partner.sectors[sector]} (${count(sector)})` })),
    },
  ];
}

/** Influence (down) against interest (across), as a table. */
function powerGrid(m: Messages, partners: readonly Partner[]): Block | null {
  const w = m.partner;
  if (!partners.length) return null;
  const at = (influence: string, interest: string): string =>
    someOf(partners.filter(one => one.influence === influence && one.interest === interest).map(one => one.name)) ||
    m.core.none;
  return table(
    [`${w.influence} \\ ${w.interest}`, ...LEVELS.map(one => w.levels[one])],
    [...LEVELS].reverse().map(influence => [w.levels[influence], ...LEVELS.map(interest => at(influence, interest))]),
  );
}
