import { strToU8, zipSync } from 'fflate';
import type { RenderContext } from '../contract/render-context.ts';
import { actionsFrom } from '../domain/actions/store.ts';
import { type Activity, activityByNumber } from '../domain/activities.ts';
import { detailsOf } from '../domain/activity-details.ts';
import { codeOf } from '../domain/codes.ts';
import { addEvidence } from '../domain/evidence.ts';
import { keepInUnit } from '../domain/files/store.ts';
import { minutesOf } from '../domain/minutes.ts';
import { escaped } from '../language/escape.ts';
import { catalogue } from '../language/messages.ts';
import { formatSlot } from '../language/slots.ts';
import { plain, type Text } from '../language/text.ts';
import type { Handlers, JobContext, JobResult } from '../schedule/run.ts';
import { actionLines } from '../views/action.ts';
import { agendaLines } from '../views/minutes.ts';

/** A paragraph of a document. */
export interface Paragraph {
  readonly style: 'title' | 'heading' | 'item' | 'text';
  readonly text: string;
}

/** Minutes as a document: when and where, who was there, and what was decided, noted and agreed to be done. */
export async function minutesDocument(context: RenderContext, activity: Activity): Promise<Paragraph[]> {
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
export const markdownOf = (paragraphs: readonly Paragraph[]): string =>
  `${paragraphs.map(({ style, text }) => `${MARKS[style]}${text.replace(MARKDOWN, '\\$&')}`).join('\n\n')}\n`;

const SIZES: Readonly<Record<Paragraph['style'], number>> = { title: 32, heading: 26, item: 22, text: 22 };
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OPC = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function wordParagraph({ style, text }: Paragraph): string {
  const bold = style === 'title' || style === 'heading' ? '<w:b/>' : '';
  const indent = style === 'item' ? '<w:ind w:left="425" w:hanging="283"/>' : '';
  const shown = escaped(style === 'item' ? `•  ${text}` : text);
  return `<w:p><w:pPr>${indent}<w:spacing w:after="80"/></w:pPr><w:r><w:rPr>${bold}<w:sz w:val="${SIZES[style]}"/></w:rPr><w:t xml:space="preserve">${shown}</w:t></w:r></w:p>`;
}

/** The document as a Word file (ECMA-376, transitional). The same document gives the same bytes. */
export function docxOf(paragraphs: readonly Paragraph[]): Buffer {
  const body = paragraphs.map(wordParagraph).join('');
  const files = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${OPC}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${OPC}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `${HEAD}<w:document xmlns:w="${W}"><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`,
  };
  const parts = Object.fromEntries(Object.entries(files).map(([name, content]) => [name, strToU8(content)]));
  return Buffer.from(zipSync(parts, { level: 6, mtime: new Date(1980, 0, 1) }));
}

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Keeps minutes as evidence of their activity once they can no longer be corrected: as Markdown and as a Word file. */
async function keep({ tx, forum, forumId, now, occurrence, record, stale }: JobContext): Promise<JobResult> {
  const activity = await activityByNumber(tx, forumId, Number(occurrence.subject));
  if (!activity?.minutesUntil || activity.minutesUntil > now) return { suppressed: 'open for longer' };
  const { locale, zone } = forum;
  const context: RenderContext = { m: catalogue[locale], locale, zone, now, db: tx, forumId };
  const paragraphs = await minutesDocument(context, activity);
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

/** What falls due about minutes. */
export const minutesHandlers: Handlers = { minutes_kept: { windowMs: Number.POSITIVE_INFINITY, run: keep } };
