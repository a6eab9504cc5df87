import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { facts, list, note, type Tone, table, text, type View, view } from '../contract/view.ts';
import { actionsFrom } from '../domain/actions/store.ts';
import { unconfirmedOf } from '../domain/agreements/confirming.ts';
import type { Agreement } from '../domain/agreements/row.ts';
import { type AgreementState, missingIn, stateOf } from '../domain/agreements/rules.ts';
import { agreementByNumber, partiesOf } from '../domain/agreements/store.ts';
import { historyOf } from '../domain/audit.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { documentOf } from '../domain/evidence.ts';
import type { Page } from '../domain/page.ts';
import { formatDate, when } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import { actionControls, actionLines } from './action.ts';
import { fileControls, proofText } from './evidence.ts';
import { nextPage, placeNote } from './paging.ts';

const TONE: Readonly<Record<AgreementState, Tone>> = {
  awaiting: 'warning',
  valid: 'good',
  expiring: 'warning',
  expired: 'bad',
  ended: 'plain',
};

const code = (agreement: Agreement): string => codeOf('agreement', agreement.number);

/** One agreement with its parties and what they promised; `head` says what just happened to it. */
export async function agreementCard(context: RenderContext, agreement: Agreement, head?: Text): Promise<View> {
  const { m, locale, db, forumId } = context;
  const w = m.agreement;
  const state = stateOf(agreement, dateIn(context.now, context.zone));
  const parties = (await partiesOf(db, forumId, [agreement.number])).get(agreement.number) ?? [];
  const promised = await actionsFrom(db, forumId, { origin: 'agreement', originNumber: agreement.number });
  const awaited = state === 'awaiting' ? await unconfirmedOf(db, agreement) : [];
  const missing = missingIn(agreement, parties.length, promised.length);
  const titled = t`${code(agreement)} ${agreement.title}`;
  const id = { agreement: code(agreement) };
  const files = fileControls(context, code(agreement), documentOf(agreement));
  return view(head ?? titled, {
    tone: TONE[state],
    blocks: [
      head ? text(titled) : null,
      facts([
        [w.state, w.states[state]],
        [w.kind, w.kinds[agreement.kind]],
        [w.parties, parties.map(one => one.name).join(', ')],
        [w.awaits, awaited.map(one => one.name).join(', ')],
        [w.purpose, agreement.purpose],
        [w.signed, agreement.signed && formatDate(agreement.signed, locale)],
        [w.expires, agreement.expires && formatDate(agreement.expires, locale)],
        [w.link, agreement.link && proofText(context, agreement.link, agreement.file)],
        [w.endReason, agreement.endReason],
      ]),
      promised.length ? text(w.commitments) : null,
      list(await actionLines(context, promised)),
      missing.length && state !== 'ended'
        ? note(w.missing({ what: missing.map(one => w.checks[one]).join(', ') }))
        : null,
    ],
    controls:
      state === 'ended'
        ? [files]
        : [
            [
              ...(awaited.length ? [button(m, 'confirmAgreement', 'ao', id, 'primary')] : []),
              button(m, 'addCommitment', 'ac', id),
              ...(missing.length ? [button(m, 'complete', 'ad', id)] : []),
              ...(state === 'valid' || state === 'awaiting' ? [] : [button(m, 'renew', 'an', id)]),
            ],
            ...actionControls(context, promised),
            files,
          ],
  });
}

/** Returns what became of an agreement, a line a change. */
export async function agreementHistory(context: RenderContext, agreement: Agreement) {
  const events = await historyOf(context.db, context.forumId, 'agreement', agreement.number);
  const { history } = context.m.agreement;
  return list(
    events.map(event => {
      const what = history[event.kind.replace('agreement.', '') as keyof typeof history];
      return t`${when(event.at, context.zone, context.locale)} · ${event.name ?? context.m.core.bot} ${what}`;
    }),
  );
}

/** A page of agreements. */
export async function agreementList(context: RenderContext, page: Page<Agreement>): Promise<View> {
  const { m, locale } = context;
  const { rows } = page;
  const w = m.agreement;
  const parties = await partiesOf(
    context.db,
    context.forumId,
    rows.map(row => row.number),
  );
  return view(w.list, {
    blocks: [
      rows.length ? null : text(w.empty),
      table(
        [w.title, w.parties, w.expires, w.state],
        rows.map(row => [
          t`${code(row)} ${row.title}`,
          (parties.get(row.number) ?? []).map(one => one.name).join(', ') || m.core.none,
          row.expires ? formatDate(row.expires, locale, 'short') : m.core.none,
          w.states[stateOf(row, dateIn(context.now, context.zone))],
        ]),
      ),
      await placeNote(context, page),
    ],
    controls: [nextPage(context, page, 'al', last => ({ before: code(last) }))],
  });
}

const GONE = { suppressed: 'gone' };

const standing = (head?: (context: RenderContext, agreement: Agreement) => Text): PostType => ({
  keptCurrent: !head,
  isPublic: true,
  async view(context, subject) {
    const found = await agreementByNumber(context.db, context.forumId, Number(subject));
    if (!found) return GONE;
    if (head && found.endedAt) return { suppressed: 'ended' };
    return agreementCard(context, found, head?.(context, found));
  },
});

/** Post types about agreements. */
export const agreementSubjects: PostTypes = {
  agreement: standing(),
  agreement_ends: standing(({ m, locale, now, zone }, agreement) => {
    const said = {
      code: code(agreement),
      date: agreement.expires ? formatDate(agreement.expires, locale) : m.core.none,
    };
    return stateOf(agreement, dateIn(now, zone)) === 'expired' ? m.agreement.hasEnded(said) : m.agreement.endsOn(said);
  }),
  agreement_awaits: {
    keptCurrent: false,
    async view(context, subject) {
      const found = await agreementByNumber(context.db, context.forumId, Number(subject));
      if (!found || found.endedAt) return GONE;
      if (found.confirmedAt) return { suppressed: 'confirmed' };
      return agreementCard(context, found, context.m.agreement.pleaseConfirm({ code: code(found) }));
    },
  },
};
