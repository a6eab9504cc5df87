import type { APIComponentInContainer, APIContainerComponent, APITextDisplayComponent } from 'discord.js';
import { fitted, type Measure } from '../../src/adapter-kit/fit.ts';
import { NO_PICTURES, type Pictures } from '../../src/adapter-kit/pictures.ts';
import { encodeInvocation } from '../../src/bot/invocation.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Limits } from '../../src/contract/act.ts';
import { type Block, type BlockRenderers, type Control, renderBlock, type View } from '../../src/contract/view.ts';
import { cutAt } from '../../src/language/clean.ts';
import { plain, type Text } from '../../src/language/text.ts';
import { NOTHING } from './attachments.ts';
import { type LinkOf, NO_LINKS } from './command-links.ts';
import { literal, literalInCode, markdown } from './text.ts';

/** Types of channels into which the bot can write: text, announcements, and forums. */
export const POSTABLE = [0, 5, 15] as const;

/**
 * Limits of Discord. Text and components: https://docs.discord.com/developers/components/reference#container
 * and the overview of Components V2; fields and title of a modal: https://docs.discord.com/developers/components/reference#label
 */
export const LIMITS: Limits = {
  invocation: 100,
  controlRows: 5,
  controlsInRow: 5,
  label: 80,
  choices: 25,
  formFields: 5,
  formTitle: 45,
  text: 4_000,
  blocks: 40,
};

/** Room for the title's marks. */
const ROOM = LIMITS.text - 20;
const ACCENT = { plain: 0x5865f2, good: 0x2e9e5b, warning: 0xc98a00, bad: 0xc23b3b } as const;
const MARKS = { plain: '', good: '✔ ', warning: '⚠ ', bad: '‼ ' } as const;
const STYLE = { primary: 1, plain: 2, danger: 4 } as const;
const BAR = 12;
/** Maximum pictures of a gallery, and maximum length of a picture's words. */
const GALLERY = 10;
const ALT = 1_024;
/** Maximum width of a table on a phone, characters; a wider one is a list instead. */
const WIDE = 44;

/**
 * A message of Components V2: a container with the view's accent, its text, pictures and files, and its buttons in order.
 * By construction it keeps to what Discord takes: 4,000 characters and 40 components in all, buttons in rows of five.
 */
export function renderView(
  view: View,
  registry: Registry,
  { extra = [] as readonly APIComponentInContainer[], attached = NOTHING, linkOf = NO_LINKS } = {},
): APIContainerComponent {
  const { view: whole, readOn } = fitted(view, ROOM, measured(attached.pictures, linkOf));
  const rows = [...rowsOf([...whole.controls, readOn], registry), ...extra];
  const files = [...attached.files.values()].map(name => ({ type: 13, file: { url: `attachment://${name}` } }));
  const taken = 1 + files.length + countOf(rows);
  const body = bodyOf(whole, attached.pictures, linkOf);
  return {
    type: 17,
    accent_color: ACCENT[view.tone],
    components: [
      ...(body.length + taken <= LIMITS.blocks ? body : gathered(body)),
      ...files,
      ...rows,
    ] as APIContainerComponent['components'],
  };
}

/** Components, with those that stand in them. */
const countOf = (rows: readonly object[]): number =>
  rows.reduce((sum, row) => sum + 1 + ((row as { components?: readonly object[] }).components?.length ?? 0), 0);

/** Measures a block; a picture that is shown takes no text. */
const measured =
  (pictures: Pictures, linkOf: LinkOf): Measure =>
  block =>
    pictures.has(block) ? 0 : renderBlock(renderers(linkOf), block).length + 1;

const titleOf = ({ tone, title }: View, linkOf: LinkOf): string =>
  `### ${MARKS[tone]}${markdown(title, linkOf).replaceAll('\n', ' ')}`;

/** The words of a view alone, for what Discord does not take as it is made: no buttons, no pictures, no files. */
export function renderWords(view: View): APITextDisplayComponent {
  const { view: whole } = fitted(view, ROOM, measured(NO_PICTURES, NO_LINKS));
  const words = whole.blocks.map(block => renderBlock(renderers(NO_LINKS), block));
  return { type: 10, content: [titleOf(whole, NO_LINKS), ...words].join('\n') };
}

interface Part {
  readonly type: number;
  content?: string;
  readonly items?: object[];
}

/** Text, parted where a picture stands; neighbouring pictures stand in one gallery. */
function bodyOf(view: View, pictures: Pictures, linkOf: LinkOf): Part[] {
  const found: Part[] = [{ type: 10, content: titleOf(view, linkOf) }];
  for (const block of view.blocks) {
    const picture = pictures.get(block);
    const last = found.at(-1)!;
    if (block.kind !== 'picture' || !picture) {
      const words = renderBlock(renderers(linkOf), block);
      if (words.trim() === '') continue;
      if (last.content === undefined) found.push({ type: 10, content: words });
      else last.content += `\n${words}`;
      continue;
    }
    const item = { media: { url: `attachment://${picture.name}` }, description: cutAt(block.alt, ALT) || '–' };
    if (last.items && last.items.length < GALLERY) last.items.push(item);
    else found.push({ type: 12, items: [item] });
  }
  return found;
}

/** The same with all text above and all pictures below, where parting them would make too many components. */
function gathered(parts: readonly Part[]): Part[] {
  const items = parts.flatMap(part => part.items ?? []).slice(0, GALLERY);
  const content = parts.flatMap(part => part.content ?? []).join('\n');
  return [{ type: 10, content }, ...(items.length ? [{ type: 12, items }] : [])];
}

function renderers(linkOf: LinkOf): BlockRenderers<string> {
  const shown = (text: Text): string => markdown(text, linkOf);
  return {
    text: ({ text }) => shown(text),
    note: ({ text }) => `-# ${shown(text).replaceAll('\n', ' ')}`,
    facts: ({ facts }) => facts.map(({ label, value }) => `**${shown(label)}:** ${shown(value)}`).join('\n'),
    list: ({ items }) => items.map(item => `• ${shown(item)}`).join('\n'),
    quote: ({ text, by }) => `> ${literal(text).replaceAll('\n', '\n> ')}${by ? `\n> — ${shown(by)}` : ''}`,
    progress: ({ label, done, of }) => `**${shown(label)}** ${bar(done, of)} ${done}/${of}`,
    picture: ({ alt }) => `-# ${literal(alt).replaceAll('\n', ' ')}`,
    file: ({ name, alt }) => `📎 ${literal(name)} – ${shown(alt)}`,
    table: block => tableOf(block),
  };
}

const bar = (done: number, of: number): string => {
  const filled = of > 0 ? Math.min(BAR, Math.floor((done * BAR) / of)) : 0;
  return '█'.repeat(filled) + '░'.repeat(BAR - filled);
};

/** A narrow table as aligned columns, a wide one as a list that a phone can show. */
function tableOf({ head, rows, numeric = [] }: Extract<Block, { kind: 'table' }>): string {
  const cells = [head, ...rows].map(row => row.map((cell: Text) => literalInCode(plain(cell)).replaceAll('\n', ' ')));
  const widths = head.map((_, i) => Math.max(...cells.map(row => [...(row[i] ?? '')].length)));
  if (widths.reduce((a, b) => a + b + 2, 0) > WIDE)
    return rows
      .map(
        row =>
          `• ${row.map((cell, i) => (i === 0 ? `**${markdown(cell)}**` : `${literal(head[i]!)}: ${markdown(cell)}`)).join(' · ')}`,
      )
      .join('\n');
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (numeric.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return `\`\`\`\n${cells.map(line).join('\n')}\n\`\`\``;
}

/** Rows of buttons and menus; the prefix `s.` tells which option a menu fills. */
function rowsOf(controls: View['controls'], registry: Registry): object[] {
  const buttons = controls.flat().filter(control => control.kind === 'button');
  const menus = controls.flat().filter(control => control.kind === 'select');
  const rows: object[] = [];
  for (let i = 0; i < buttons.length; i += LIMITS.controlsInRow)
    rows.push({ type: 1, components: buttons.slice(i, i + LIMITS.controlsInRow).map(one => buttonOf(one, registry)) });
  for (const menu of menus) rows.push({ type: 1, components: [menuOf(menu, registry)] });
  return rows.slice(0, LIMITS.controlRows);
}

const wireOf = (control: Control, registry: Registry): string =>
  encodeInvocation(registry.byId(control.does.action)!, control.does.values);

const buttonOf = (control: Extract<Control, { kind: 'button' }>, registry: Registry): object => ({
  type: 2,
  style: STYLE[control.style],
  label: cutAt(control.label, LIMITS.label),
  custom_id: wireOf(control, registry),
});

const menuOf = (control: Extract<Control, { kind: 'select' }>, registry: Registry): object => ({
  type: 3,
  custom_id: `s.${control.fills}.${wireOf(control, registry)}`,
  placeholder: cutAt(control.label, 150),
  ...(control.most !== undefined && { min_values: 0, max_values: control.most }),
  options: control.choices.slice(0, LIMITS.choices).map(({ value, label }) => ({
    value,
    label: cutAt(label, 100),
    ...(control.chosen?.includes(value) && { default: true }),
  })),
});

/** The button that opens a form again with what was typed. */
export const repairRow = (resume: string, label: string): APIComponentInContainer =>
  ({ type: 1, components: [{ type: 2, style: 1, label, custom_id: resume }] }) as APIComponentInContainer;
