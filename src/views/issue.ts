import { button } from '../contract/buttons.ts';
import { nameOn } from '../contract/platform-names.ts';
import type { RenderContext } from '../contract/render-context.ts';
import {
  type Block,
  type Control,
  facts,
  list,
  note,
  opening,
  quote,
  type Tone,
  table,
  type View,
  view,
} from '../contract/view.ts';
import { areaNames } from '../domain/areas/area.ts';
import { type Event, historyOf } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import { indicatorByNumber } from '../domain/indicators/store.ts';
import { isReviewing } from '../domain/issues/review.ts';
import { type Issue, mediatorsOf } from '../domain/issues/store.ts';
import type { Page } from '../domain/page.ts';
import { partnerByNumber } from '../domain/partners.ts';
import { memberByNumber } from '../domain/people.ts';
import { formatDate, when } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import { changedText } from './changed.ts';
import { nextPage, placeNote, readOn } from './paging.ts';

const nameOfMember = async (db: RenderContext['db'], forumId: string, number: number): Promise<string> =>
  (await memberByNumber(db, forumId, number))?.name ?? '';

const OPEN: readonly Issue['state'][] = ['new', 'in_progress', 'waiting'];

function toneOf(issue: Issue): Tone {
  if (!OPEN.includes(issue.state)) return 'good';
  return issue.severity === 'critical' || issue.severity === 'high' ? 'bad' : 'warning';
}

/** One issue; `head` says what just happened to it. An anonymous author is known to nobody. */
export async function issueCard(context: RenderContext, issue: Issue, head?: Text): Promise<View> {
  const { m, locale, db, forumId } = context;
  const w = m.issue;
  const name = async (number: number | null) =>
    number === null ? null : (await memberByNumber(db, forumId, number))?.name;
  const partner = issue.partner === null ? null : await partnerByNumber(db, forumId, issue.partner);
  const indicator = issue.indicator === null ? null : await indicatorByNumber(db, forumId, issue.indicator);
  const mediators = issue.isPrivate ? await mediatorsOf(db, forumId, issue.number) : [];
  const day = (date: string | null) => date && formatDate(date, locale);
  const until = day(issue.waitingUntil);
  const titled = t`${codeOf('issue', issue.number)} ${issue.title}`;
  const whole = readOn(context, codeOf('issue', issue.number));
  return view(head ?? titled, {
    tone: head ? 'good' : toneOf(issue),
    blocks: [
      head ? { kind: 'text', text: titled } : null,
      issue.detail ? opening(quote(issue.detail), whole) : null,
      opening(
        facts([
          [w.state, w.states[issue.state]],
          [w.severity, w.severities[issue.severity]],
          [w.owner, (await name(issue.owner)) ?? w.nobody],
          [w.partner, partner?.name],
          [w.indicator, indicator && t`${codeOf('indicator', indicator.number)} ${indicator.name}`],
          [w.raisedBy, (await name(issue.raisedBy)) ?? m.core.anonymous],
          [m.core.area, areaNames(issue.area)],
          [w.due, day(issue.due)],
          [
            w.waitingFor,
            issue.waitingFor && (until ? w.waitingUntil({ who: issue.waitingFor, until }) : issue.waitingFor),
          ],
          [w.resolution, issue.resolution],
          [w.reason, issue.reason && w.reasons[issue.reason]],
          [w.mediators, mediators.map(mediator => mediator.name).join(', ')],
        ]),
        whole,
      ),
      issue.isPrivate ? note(w.isPrivate) : null,
    ],
    controls: [issueControls(context, issue), adaptControls(context, issue)],
  });
}

function issueControls({ m }: RenderContext, issue: Issue): Control[] {
  const id = { issue: codeOf('issue', issue.number) };
  if (!OPEN.includes(issue.state))
    return [
      ...(issue.state === 'resolved' ? [button(m, 'closeIssue', 'ix', id)] : []),
      button(m, 'reopen', 'io', id),
      button(m, 'reviewIssue', 'ij', id),
    ];
  return [
    ...(issue.owner === null ? [button(m, 'assignMe', 'ia', id, 'primary')] : []),
    button(m, 'comment', 'ic', id),
    ...(issue.severity === 'undetermined' ? [button(m, 'severity', 'iy', id)] : []),
    button(m, 'escalate', 'ie', id),
    button(m, 'resolve', 'iv', id),
  ];
}

/** An open issue may be answered by a change of the strategy, which may set the target of the indicator behind it, or by an action. */
function adaptControls({ m }: RenderContext, { number, indicator, state }: Issue): Control[] {
  if (!OPEN.includes(state)) return [];
  const about = indicator === null ? {} : { indicator: codeOf('indicator', indicator) };
  const code = codeOf('issue', number);
  return [button(m, 'propose', 'sp', { issue: code, ...about }), button(m, 'addAction', 'ta', { from: code })];
}

/** One change of an issue, as it stands in the thread below its card: who did what, and where they are. */
export async function issueEntry(context: RenderContext, event: Event & { name: string | null }): Promise<View> {
  const by = nameOn(event.name ?? context.m.core.anonymous, event.data.via);
  return view(context.m.issue.entry({ by, what: await whatHappened(context, event) }));
}

/** The history of an issue, a line a change. */
export async function issueHistory(context: RenderContext, issue: Issue): Promise<Block | null> {
  const events = await historyOf(context.db, context.forumId, 'issue', issue.number);
  const lines: Text[] = [];
  for (const event of events.filter(one => !isReviewing(one))) {
    const by = event.name ?? context.m.core.anonymous;
    const what = await whatHappened(context, event);
    lines.push(context.m.issue.line({ at: when(event.at, context.zone, context.locale), by, what }));
  }
  return list(lines);
}

async function whatHappened(context: RenderContext, { kind, data }: Event): Promise<Text> {
  const { m, db, forumId } = context;
  const h = m.issue.history;
  const said = (field: string): string => String(data[field] ?? '');
  switch (kind) {
    case 'issue.assigned':
      // A name by value is how it was once written.
      return h.assigned({
        member: typeof data.member === 'number' ? await nameOfMember(db, forumId, data.member) : said('member'),
      });
    case 'issue.commented':
      return h.commented({ text: said('text') });
    case 'issue.severity':
      return h.severity({ severity: m.issue.severities[said('severity') as Issue['severity']] });
    case 'issue.waiting':
      return h.waiting({ who: said('who') });
    case 'issue.escalated':
      return h.escalated({ reason: said('reason') });
    case 'issue.resolved':
      return h.resolved({ resolution: said('resolution') });
    case 'issue.closed':
      return h.closed;
    case 'issue.changed':
      return h.changed({ what: changedText(context, m.issue.command.edit.options, data.changed) });
    case 'issue.reopened':
      return h.reopened({ reason: said('reason') });
    default:
      return h.raised;
  }
}

/** A page of issues. */
export async function issueList(
  context: RenderContext,
  page: Page<Issue>,
  filter: Readonly<Record<string, string>>,
): Promise<View> {
  const { rows } = page;
  const w = context.m.issue;
  return view(w.list, {
    blocks: [
      rows.length === 0 ? { kind: 'text', text: w.empty } : null,
      table(
        [w.code, w.title, w.severity, w.state],
        rows.map(row => [
          codeOf('issue', row.number),
          row.isPrivate ? t`${row.title} (${w.isPrivate})` : row.title,
          w.severities[row.severity],
          w.states[row.state],
        ]),
      ),
      await placeNote(context, page),
    ],
    controls: [nextPage(context, page, 'il', last => ({ ...filter, before: codeOf('issue', last.number) }))],
  });
}
