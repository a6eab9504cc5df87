import { sizeOf } from '../../src/adapter-kit/contents.ts';
import type { Form } from '../../src/contract/form.ts';
import { type BlockRenderers, type Control, renderBlock, type View } from '../../src/contract/view.ts';
import type { Text } from '../../src/language/text.ts';
import { columns } from './columns.ts';
import { noPaint, type Paint, textOf } from './text.ts';
import { filled, wrapped } from './wrap.ts';

const MARKS = { plain: '', good: '✔ ', warning: '! ', bad: '‼ ' } as const;
const BAR = 20;
/** Maximum size of a file that is shown, bytes: a longer one would push everything else off the screen. */
const READABLE = 16_384;

/** Indent of everything below a title, characters. */
const INDENT = 2;
/** Indent of the lines that go on with what stands above them. */
const HANG = '  ';

/** A view as lines of a terminal no longer than `width`, but for the text of a file, which stays as it is. */
export function renderView(view: View, paint: Paint = noPaint, width = Number.POSITIVE_INFINITY): string {
  const show = (text: Text): string => textOf(text, paint);
  const room = width - INDENT;
  const prose = (text: string, hang = ''): string[] => wrapped(text, room, hang);
  const blocks: BlockRenderers<string[]> = {
    text: ({ text }) => prose(show(text)),
    note: ({ text }) => prose(show(text)).map(line => paint.faint(line)),
    facts: ({ facts }) =>
      facts.flatMap(({ label, value }) => prose(`${paint.faint(`${show(label)}:`)} ${show(value)}`, HANG)),
    list: ({ items }) => items.flatMap(item => prose(`• ${show(item)}`, HANG)),
    quote: ({ text, by }) => [
      ...wrapped(text, room - HANG.length).map(line => `│ ${line}`),
      ...(by ? prose(`  — ${show(by)}`, HANG) : []),
    ],
    progress: ({ label, done, of }) => prose(`${show(label)} ${bar(done, of)} ${done}/${of}`),
    file: ({ name, type, content, alt }) => {
      const head = prose(`[${name}, ${Math.ceil(sizeOf(content) / 1024)} KiB] ${show(alt)}`, HANG);
      if (typeof content !== 'string') return head;
      const bytes = Buffer.from(content, 'base64');
      return isReadable(type, bytes) ? [...head, ...bytes.toString('utf8').trimEnd().split('\n')] : head;
    },
    picture: ({ alt }) => prose(`[${alt}]`, HANG),
    table: ({ head, rows, numeric = [] }) =>
      columns([head, ...rows.map(row => row.map(show))], numeric, room, text => paint.faint(text)),
  };
  const body = view.blocks.flatMap(block => renderBlock(blocks, block));
  const buttons = view.controls.flatMap(row =>
    filled(
      row.flatMap(control => buttonsOf(control, paint)),
      room,
    ),
  );
  const title = wrapped(`${MARKS[view.tone]}${show(view.title)}`, width, HANG).map(line => paint.tone(view.tone, line));
  return [...title, ...[...body, ...buttons].map(line => ' '.repeat(INDENT) + line)].join('\n');
}

/** A short plain text is read where it stands; a page or a long one is only named. */
const isReadable = (type: string, bytes: Buffer): boolean =>
  type.startsWith('text/') && type !== 'text/html' && bytes.length <= READABLE;

/** A control as parts that are not broken: what is pressed is typed as it is shown. */
const buttonsOf = (control: Control, paint: Paint): string[] =>
  control.kind === 'button'
    ? [paint.code(`[${control.label}]`)]
    : [`${control.label}:`, ...control.choices.map(choice => paint.code(`[${choice.label}]`))];

const bar = (done: number, of: number): string => {
  const filled = of > 0 ? Math.min(BAR, Math.floor((done * BAR) / of)) : 0;
  return '█'.repeat(filled) + '░'.repeat(BAR - filled);
};

/** A form as its fields, to be filled in with `:fill`, on lines no longer than `width`. */
export function renderForm(form: Form, hint: Text, paint: Paint = noPaint, width = Number.POSITIVE_INFINITY): string {
  const fields = form.fields.map(field => {
    const kept = field.value ? ` = ${field.value}` : '';
    return `  ${field.required ? '*' : ' '} ${paint.code(field.label)}${kept}  ${paint.faint([field.beside, field.help, field.accepts].filter(Boolean).join(' '))}`;
  });
  const lines = [...fields, `  ${textOf(hint, paint)}`].flatMap(line => wrapped(line, width, HANG));
  return [...wrapped(form.title, width, HANG).map(line => paint.tone('plain', line)), ...lines].join('\n');
}
