import { sizeOf } from '../../src/adapter-kit/contents.ts';
import type { Form } from '../../src/contract/form.ts';
import { type BlockRenderers, type Control, renderBlock, type View } from '../../src/contract/view.ts';
import type { Text } from '../../src/language/text.ts';
import { columns } from './columns.ts';
import { noPaint, type Paint, textOf } from './text.ts';

const MARKS = { plain: '', good: '✔ ', warning: '! ', bad: '‼ ' } as const;
const BAR = 20;
/** Maximum size of a file that is shown, bytes: a longer one would push everything else off the screen. */
const READABLE = 16_384;

/** Indent of everything below a title, characters. */
const INDENT = 2;

/** A view as lines of a terminal; tables are no wider than `width`. */
export function renderView(view: View, paint: Paint = noPaint, width = Number.POSITIVE_INFINITY): string {
  const show = (text: Text): string => textOf(text, paint);
  const indented = (text: string): string => text.replace(/\n/g, '\n  ');
  const blocks: BlockRenderers<string[]> = {
    text: ({ text }) => [indented(show(text))],
    note: ({ text }) => [paint.faint(indented(show(text)))],
    facts: ({ facts }) => facts.map(({ label, value }) => `${paint.faint(`${show(label)}:`)} ${indented(show(value))}`),
    list: ({ items }) => items.map(item => `• ${indented(show(item))}`),
    quote: ({ text, by }) => [`│ ${text.replace(/\n/g, '\n  │ ')}`, ...(by ? [`  — ${show(by)}`] : [])],
    progress: ({ label, done, of }) => [`${show(label)} ${bar(done, of)} ${done}/${of}`],
    file: ({ name, type, content, alt }) => {
      const head = `[${name}, ${Math.ceil(sizeOf(content) / 1024)} KiB] ${show(alt)}`;
      if (typeof content !== 'string') return [head];
      const bytes = Buffer.from(content, 'base64');
      return isReadable(type, bytes) ? [head, ...bytes.toString('utf8').trimEnd().split('\n')] : [head];
    },
    picture: ({ alt }) => [`[${alt}]`],
    table: ({ head, rows, numeric = [] }) =>
      columns([head, ...rows.map(row => row.map(show))], numeric, width - INDENT, text => paint.faint(text)),
  };
  const body = view.blocks.flatMap(block => renderBlock(blocks, block)).map(line => `  ${line}`);
  const buttons = view.controls.map(row => `  ${row.map(control => buttonOf(control, paint)).join(' ')}`);
  return [paint.tone(view.tone, `${MARKS[view.tone]}${show(view.title)}`), ...body, ...buttons].join('\n');
}

/** A short plain text is read where it stands; a page or a long one is only named. */
const isReadable = (type: string, bytes: Buffer): boolean =>
  type.startsWith('text/') && type !== 'text/html' && bytes.length <= READABLE;

const buttonOf = (control: Control, paint: Paint): string =>
  control.kind === 'button'
    ? paint.code(`[${control.label}]`)
    : `${control.label}: ${control.choices.map(choice => paint.code(`[${choice.label}]`)).join(' ')}`;

const bar = (done: number, of: number): string => {
  const filled = of > 0 ? Math.min(BAR, Math.floor((done * BAR) / of)) : 0;
  return '█'.repeat(filled) + '░'.repeat(BAR - filled);
};

/** A form as its fields, to be filled in with `:fill`. */
export function renderForm(form: Form, hint: Text, paint: Paint = noPaint): string {
  const fields = form.fields.map(field => {
    const kept = field.value ? ` = ${field.value}` : '';
    return `  ${field.required ? '*' : ' '} ${paint.code(field.label)}${kept}  ${paint.faint([field.beside, field.help, field.accepts].filter(Boolean).join(' '))}`;
  });
  return [paint.tone('plain', form.title), ...fields, `  ${textOf(hint, paint)}`].join('\n');
}
