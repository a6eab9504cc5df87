import type { RenderContext } from '../contract/render-context.ts';
import { actionsFrom } from '../domain/actions/store.ts';
import { type Activity, activityByNumber } from '../domain/activities.ts';
import { detailsOf } from '../domain/activity-details.ts';
import { codeOf } from '../domain/codes.ts';
import { addEvidence } from '../domain/evidence.ts';
import { keepInUnit } from '../domain/files/store.ts';
import { minutesOf } from '../domain/minutes.ts';
import { catalogue } from '../language/messages.ts';
import { formatSlot } from '../language/slots.ts';
import { plain, type Text } from '../language/text.ts';
import type { Handlers, JobContext, JobResult } from '../schedule/run.ts';
import { actionLines } from '../views/action.ts';
import { agendaLines } from '../views/minutes.ts';
import type { Paragraph } from './docx.ts';

/** Minutes as a document: when and where, who was there, and what was decided, noted and agreed to be done. */
async function minutesDocument(context: RenderContext, activity: Activity): Promise<Paragraph[]> {
  const { m, db, forumId, locale } = context;
  const w = m.minutes;
  const lines = await minutesOf(db, activity);
  const { partners, invited } = await detailsOf(db, activity);
  const actions = await actionsFrom(db, forumId, { origin: 'activity', originNumber: activity.number });
  const came = invited.filter(one => one.came).map(one => one.name);
  const facts: readonly (readonly [string, Text | string | null])[] = [
    [m.activity.date, formatSlot(activity, locale)],
    [m.activity.location, activity.location],
    [m.activity.partners, partners.map(one => one.name).join(', ')],
    [m.activity.attendance, came.join(', ')],
  ];
  const section = (title: string, all: readonly (Text | string)[]): Paragraph[] =>
    all.length
      ? [{ style: 'heading', text: title }, ...all.map((one): Paragraph => ({ style: 'item', text: plain(one) }))]
      : [];
  const said = (kind: 'decision' | 'note'): string[] => lines.filter(one => one.kind === kind).map(one => one.content);
  return [
    { style: 'title', text: plain(w.title({ code: codeOf('activity', activity.number), title: activity.title })) },
    ...facts.flatMap(([name, value]): Paragraph[] =>
      value && plain(value) ? [{ style: 'text', text: `${name}: ${plain(value)}` }] : [],
    ),
    ...section(w.agenda, agendaLines(context, activity)),
    ...section(w.decisions, said('decision')),
    ...section(w.notes, said('note')),
    ...section(w.actions, await actionLines(context, actions)),
  ];
}

const MARKS: Readonly<Record<Paragraph['style'], string>> = { title: '# ', heading: '## ', item: '- ', text: '' };

/** Signs that Markdown would take for its own. */
const MARKDOWN = /[\\`*_[\]<>]/g;

/** The document in Markdown (CommonMark); what people wrote is text and no markup. */
const markdownOf = (paragraphs: readonly Paragraph[]): string =>
  `${paragraphs.map(({ style, text }) => `${MARKS[style]}${text.replace(MARKDOWN, '\\$&')}`).join('\n\n')}\n`;

/** Keeps minutes as evidence of their activity once they can no longer be corrected: as Markdown and as a Word file. */
async function keep({ tx, forum, forumId, now, occurrence, record, stale }: JobContext): Promise<JobResult> {
  const activity = await activityByNumber(tx, forumId, Number(occurrence.subject));
  if (!activity?.minutesUntil || activity.minutesUntil > now) return { suppressed: 'open for longer' };
  const { locale, zone } = forum;
  const context: RenderContext = { m: catalogue[locale], locale, zone, now, db: tx, forumId };
  const paragraphs = await minutesDocument(context, activity);
  // Packing is loaded by the first minutes that are kept.
  const { DOCX, docxOf } = await import('./docx.ts');
  const [first] = await minutesOf(tx, activity);
  const name = `${context.m.minutes.command.minutes.name}-${codeOf('activity', activity.number)}`;
  const files = [
    { name: `${name}.md`, type: 'text/plain', bytes: Buffer.from(markdownOf(paragraphs)) },
    { name: `${name}.docx`, type: DOCX, bytes: docxOf(paragraphs) },
  ];
  for (const { name: content, type, bytes } of files) {
    const file = await keepInUnit(tx, forumId, { type, bytes }, now);
    const addedBy = first?.writtenBy ?? activity.createdBy;
    const { number } = activity;
    await addEvidence(tx, forumId, { thing: 'activity', number, kind: 'minutes', content, file, addedBy }, now);
  }
  await record({ kind: 'activity.kept', thing: 'activity', number: activity.number });
  await stale({ kind: 'activity', subject: String(activity.number) });
  return 'done';
}

/** Handlers of everything that falls due about minutes. */
export const minutesHandlers: Handlers = { minutes_kept: { windowMs: Number.POSITIVE_INFINITY, run: keep } };
