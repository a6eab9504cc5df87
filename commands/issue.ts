import type { WriteContext } from '../src/bot/act-context.ts';
import { areas } from '../src/bot/area-kind.ts';
import { type Action, type Command, main, mutation, optional, paging, query, required } from '../src/bot/command.ts';
import { choice, date, flag, line, paragraph } from '../src/bot/kinds.ts';
import { entity, list as listOf, member } from '../src/bot/references.ts';
import { Refusal, refuseIf } from '../src/contract/refusal.ts';
import { note, type View } from '../src/contract/view.ts';
import { areasText } from '../src/domain/areas/area.ts';
import { codeOf } from '../src/domain/codes.ts';
import { replacedIn } from '../src/domain/earlier.ts';
import { indicatorSource } from '../src/domain/indicators/store.ts';
import { after, type IssueNo, type Move, mayAssign, mayMove } from '../src/domain/issues/rules.ts';
import { addIssue, changeIssue, type Issue, issueSource, OPEN } from '../src/domain/issues/store.ts';
import { partnerSource } from '../src/domain/partners.ts';
import { coordinators } from '../src/domain/people.ts';
import type { Messages } from '../src/language/messages.ts';
import { SEVERITY_WORDS } from '../src/language/synonyms.ts';
import type { Text } from '../src/language/text.ts';
import { issueReminder } from '../src/schedule/deadlines.ts';
import { ISSUE_REASONS, SEVERITIES } from '../src/storage/schema/issues.ts';
import { withHistory } from '../src/views/history.ts';
import { indicatorIssue } from '../src/views/indicator.ts';
import { issueCard, issueHistory } from '../src/views/issue.ts';
import { dueMoved, whatChanged } from './changed.ts';
import { given } from './given.ts';
import { list } from './issue-list.ts';
import { answerReview, review, reviewEvent } from './issue-review.ts';
import { messageHere } from './issue-source.ts';

const code = (issue: Issue): string => codeOf('issue', issue.number);
const theIssue = { issue: main(entity(issueSource)) };
const isOpen = ({ state }: Issue): boolean => OPEN.includes(state);
const openIssue = { issue: main(entity(issueSource, { offers: isOpen })) };
const closedIssue = { issue: main(entity(issueSource, { offers: one => !isOpen(one) })) };

/** Fields of an issue that a report tells as they were at its end. */
const REPORTED = ['state', 'severity', 'resolvedAt', 'resolution', 'reopened'] as const;

function refuseMove(issue: Issue, no: IssueNo | null): void {
  refuseIf(no, {
    wrong_state: ({ state }) =>
      new Refusal('closed', m => m.issue.no.wrongState({ code: code(issue), state: m.issue.states[state] })),
    too_old: () => new Refusal('closed', m => m.issue.no.tooOld({ code: code(issue) })),
    not_involved: () => new Refusal('forbidden', m => m.issue.no.notInvolved),
  });
}

/** Makes a move of the life cycle: rule, change, audit, the post brought up to date, and the card as the answer. */
async function make(
  ctx: WriteContext,
  move: Move,
  issue: Issue,
  set: Partial<Issue>,
  event: { kind: string; data?: Record<string, unknown> },
  head: (m: Messages) => Text,
): Promise<View> {
  refuseMove(issue, mayMove(ctx.actor, issue, move, ctx.now));
  const changed = await changeIssue(ctx.tx, issue, { ...set, state: after(move, { ...issue, ...set }) }, ctx.now);
  const before = { ...replacedIn(issue, changed, REPORTED), ...(event.data?.before as object | undefined) };
  const data = { ...event.data, before, via: ctx.place.platform };
  const seq = await ctx.record({ kind: `issue.${event.kind}`, thing: 'issue', number: issue.number, data });
  await ctx.stale({ kind: 'issue', subject: String(issue.number) });
  if (!issue.isPrivate)
    await ctx.post({ kind: 'issue_entry', subject: `${issue.number}:${seq}` }, { purpose: 'issues' });
  return issueCard(ctx, changed, head(ctx.m));
}

const raise = mutation({
  id: 'ir',
  name: 'raise',
  words: m => m.issue.command.raise,
  who: 'member',
  options: {
    title: main(line({ max: 200 })),
    detail: optional(paragraph()),
    severity: optional(choice(SEVERITIES, m => m.issue.severities, SEVERITY_WORDS)),
    partner: optional(entity(partnerSource)),
    due: optional(date()),
    anonymous: optional(flag()),
    private: optional(flag()),
    mediator: optional(listOf(member())),
    indicator: optional(entity(indicatorSource)),
    area: optional(areas()),
    message: paging(line({ max: 80 })),
  },
  async run(ctx, o) {
    const isPrivate = o.private ?? false;
    const anonymous = o.anonymous ?? false;
    const named = o.mediator ?? (isPrivate ? await coordinators(ctx.db, ctx.forumId) : []);
    const mediators = isPrivate ? named.map(one => one.number) : [];
    const from = o.indicator && (await indicatorIssue(ctx, o.indicator, ctx.actor.seat?.partner));
    const issue = await addIssue(
      ctx.tx,
      ctx.forumId,
      {
        title: o.title,
        detail: o.detail ?? from?.detail ?? null,
        severity: o.severity ?? from?.severity ?? 'undetermined',
        isPrivate,
        partner: o.partner?.number ?? from?.partner ?? null,
        raisedBy: anonymous ? null : ctx.actor.member,
        due: o.due ?? null,
        indicator: o.indicator?.number ?? null,
        area: o.area ? areasText(o.area) : null,
      },
      mediators,
      ctx.now,
    );
    await ctx.plan(...issueReminder(issue, ctx.forum.zone, ctx.now));
    await ctx.record({ kind: 'issue.raised', thing: 'issue', number: issue.number }, { unnamed: anonymous });
    const topic = { kind: 'issue', subject: String(issue.number) };
    if (isPrivate) for (const one of mediators) await ctx.post({ ...topic, kind: 'issue_private' }, { member: one });
    else await ctx.post(topic, { purpose: 'issues' });
    const source = isPrivate ? null : messageHere(ctx.place, o.message);
    if (source)
      await ctx.post({ kind: 'issue_source', subject: `${issue.number}:${source.ref}` }, { channel: source.channel });
    const card = await issueCard(ctx, issue, ctx.m.issue.raised({ code: code(issue) }));
    const notes = [
      anonymous ? note(ctx.m.issue.raisedAnonymously) : null,
      isPrivate ? note(ctx.m.issue.raisedPrivately) : null,
    ];
    return { ...card, blocks: [...card.blocks, ...notes.filter(one => one !== null)] };
  },
});

const show = query({
  id: 'is',
  name: 'show',
  words: m => m.issue.command.show,
  who: 'member',
  options: theIssue,
  async run(ctx, { issue }) {
    const card = await issueCard(ctx, issue);
    return withHistory(ctx, card, await issueHistory(ctx, issue));
  },
});

const assign = mutation({
  id: 'ia',
  name: 'assign',
  words: m => m.issue.command.assign,
  who: 'member',
  options: { ...openIssue, member: optional(member()) },
  async run(ctx, { issue, member: given }) {
    const owner = given ?? (await ctx.memberByNumber(ctx.actor.member))!;
    refuseMove(issue, mayAssign(ctx.actor, issue, owner.number, ctx.now));
    if (owner.number !== ctx.actor.member && !issue.isPrivate)
      await ctx.post({ kind: 'issue_assigned', subject: String(issue.number) }, { member: owner.number });
    return make(
      ctx,
      'assign',
      issue,
      { owner: owner.number },
      { kind: 'assigned', data: { member: owner.number } },
      m => m.issue.assigned({ code: code(issue), member: owner.name }),
    );
  },
});

const comment = mutation({
  id: 'ic',
  name: 'comment',
  words: m => m.issue.command.comment,
  who: 'member',
  options: { ...theIssue, text: required(paragraph()) },
  run: (ctx, { issue, text: said }) =>
    make(ctx, 'comment', issue, {}, { kind: 'commented', data: { text: said } }, m =>
      m.issue.commented({ code: code(issue) }),
    ),
});

const severity = mutation({
  id: 'iy',
  name: 'severity',
  words: m => m.issue.command.severity,
  who: 'member',
  options: { ...openIssue, severity: required(choice(SEVERITIES, m => m.issue.severities, SEVERITY_WORDS)) },
  run: (ctx, { issue, severity }) =>
    make(ctx, 'severity', issue, { severity }, { kind: 'severity', data: { severity } }, m =>
      m.issue.severitySet({ code: code(issue), severity: m.issue.severities[severity] }),
    ),
});

const wait = mutation({
  id: 'iw',
  name: 'wait',
  words: m => m.issue.command.wait,
  who: 'member',
  options: { ...openIssue, who: required(line({ max: 100 })), until: optional(date()) },
  run: (ctx, { issue, who, until = null }) =>
    make(ctx, 'wait', issue, { waitingFor: who, waitingUntil: until }, { kind: 'waiting', data: { who, until } }, m =>
      m.issue.waiting({ code: code(issue), who }),
    ),
});

const escalate = mutation({
  id: 'ie',
  name: 'escalate',
  words: m => m.issue.command.escalate,
  who: 'member',
  options: { ...openIssue, reason: required(paragraph({ max: 500 })) },
  async run(ctx, { issue, reason }) {
    if (!issue.isPrivate)
      await ctx.post({ kind: 'issue_escalated', subject: String(issue.number) }, { purpose: 'coordinators' });
    return make(ctx, 'escalate', issue, {}, { kind: 'escalated', data: { reason } }, m =>
      m.issue.escalated({ code: code(issue) }),
    );
  },
});

const resolve = mutation({
  id: 'iv',
  name: 'resolve',
  words: m => m.issue.command.resolve,
  who: 'member',
  options: {
    ...openIssue,
    resolution: required(paragraph()),
    reason: optional(choice(ISSUE_REASONS, m => m.issue.reasons)),
  },
  run(ctx, { issue, resolution, reason = 'solved' }) {
    const set = { resolution, reason, resolvedAt: ctx.now, waitingFor: null, waitingUntil: null };
    return make(ctx, 'resolve', issue, set, { kind: 'resolved', data: { resolution, reason } }, m =>
      m.issue.resolved({ code: code(issue) }),
    );
  },
});

const close: Action = mutation({
  id: 'ix',
  name: 'close',
  words: m => m.issue.command.close,
  who: 'member',
  options: theIssue,
  run: (ctx, { issue }) =>
    make(ctx, 'close', issue, { closedAt: ctx.now }, { kind: 'closed' }, m => m.issue.closed({ code: code(issue) })),
});

const reopen = mutation({
  id: 'io',
  name: 'reopen',
  words: m => m.issue.command.reopen,
  who: 'member',
  options: { ...closedIssue, reason: required(paragraph({ max: 500 })) },
  run(ctx, { issue, reason }) {
    const { resolution, reason: kind } = issue;
    const set = { resolvedAt: null, closedAt: null, resolution: null, reason: null, reopened: issue.reopened + 1 };
    const data = { reason, before: { resolution, kind } };
    return make(ctx, 'reopen', issue, set, { kind: 'reopened', data }, m => m.issue.reopened({ code: code(issue) }));
  },
});

const edit = mutation({
  id: 'id',
  name: 'edit',
  words: m => m.issue.command.edit,
  who: 'member',
  options: {
    ...theIssue,
    title: optional(line({ max: 200 })),
    detail: optional(paragraph()),
    due: optional(date()),
    area: optional(areas()),
  },
  stands: (_, { issue: { title, detail, due } }) => ({ title, detail, due }),
  async run(ctx, { issue, title, detail, due, area: where }) {
    const area = where && areasText(where);
    const { set, changed } = whatChanged(issue, given({ title, detail, due, area }));
    await dueMoved(ctx, issue, { ...issue, ...set }, issueReminder);
    // Putting a text right answers nobody, so it is no first response.
    const { firstResponseAt } = issue;
    return make(ctx, 'edit', issue, { ...set, firstResponseAt }, { kind: 'changed', data: { changed } }, m =>
      m.issue.changed({ code: code(issue) }),
    );
  },
});

export const issue: Command = {
  name: 'issue',
  words: m => m.issue.command,
  actions: [
    raise,
    list,
    show,
    assign,
    comment,
    severity,
    wait,
    escalate,
    resolve,
    close,
    reopen,
    edit,
    review,
    answerReview,
    reviewEvent,
  ],
};
