/** A node of Block Kit, as it came over the wire. */
export interface Node {
  readonly type?: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** All nodes inside one, itself included. */
export function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesIn)];
}

type Check = (node: Node) => string[];
const long = (value: unknown): number => (typeof value === 'string' ? value.length : 0);
const textOf = (value: unknown): string => (isNode(value) && typeof value.text === 'string' ? value.text : '');
const within = (what: string, size: number, most: number, least = 1): string[] =>
  size < least || size > most ? [`${what} has ${size}, not ${least} to ${most}`] : [];
const list = (value: unknown): readonly Node[] => (Array.isArray(value) ? value : []);

const menu: Check = node => [
  ...list(node.options).flatMap(one => [
    ...within('option text', long(textOf(one.text)), 75),
    ...within('option value', long(one.value), 75),
  ]),
  ...(node.type === 'static_select' ? within('options', list(node.options).length, 100) : []),
  ...(node.placeholder ? within('placeholder', long(textOf(node.placeholder)), 150) : []),
];

/** What Slack holds against a node of each kind. */
const CHECKS: Readonly<Record<string, Check>> = {
  header: node => within('header', long(textOf(node.text)), 150),
  section: node => within('section', long(textOf(node.text)), 3000),
  plain_text: node => within('plain text', long(node.text), 3000),
  mrkdwn: () => ['mrkdwn, which reads markup in what people wrote'],
  context: node => within('context', list(node.elements).length, 10),
  actions: node => within('actions', list(node.elements).length, 25),
  button: node => [...within('button', long(textOf(node.text)), 75), ...within('action_id', long(node.action_id), 255)],
  static_select: menu,
  external_select: menu,
  text: node => within('rich text', long(node.text), 4000),
  rich_text: node => within('rich text elements', list(node.elements).length, 500),
  rich_text_section: node => within('section elements', list(node.elements).length, 500),
  link: node => (/^https?:\/\/\S+$/.test(String(node.url)) ? [] : ['a link to nowhere']),
  user: () => ['a mention of a person'],
  usergroup: () => ['a mention of a group'],
  broadcast: () => ['a broadcast'],
  image: node => within('alt text', long(node.alt_text), 2000),
  table: node => within('table rows', list(node.rows).length, 100),
  input: node => [...within('label', long(textOf(node.label)), 2000), ...within('block_id', long(node.block_id), 255)],
  plain_text_input: node => [
    ...within('initial value', long(node.initial_value), 3000, 0),
    ...within('max_length', Number(node.max_length ?? 1), 3000),
  ],
};

const repeated = (ids: readonly unknown[]): unknown[] =>
  ids.filter((id, i) => id !== undefined && ids.indexOf(id) !== i);

/** What Slack would refuse in these blocks; empty: it takes them. */
export function faultsOf(blocks: readonly Node[], most: number): string[] {
  const nodes = nodesIn(blocks);
  return [
    ...within('blocks', blocks.length, most, 0),
    ...nodes.flatMap(node => CHECKS[node.type ?? '']?.(node) ?? []),
    ...repeated(blocks.map(block => block.block_id)).map(id => `block_id twice: ${id}`),
    ...blocks
      .filter(block => block.type === 'actions')
      .flatMap(block => repeated(list(block.elements).map(one => one.action_id)).map(id => `action_id twice: ${id}`)),
    ...(nodes.filter(node => node.type === 'table').length > 1 ? ['only_one_table_allowed'] : []),
  ];
}

/** What Slack would refuse in a window. */
export const windowFaults = (view: Node): string[] => [
  ...faultsOf(list(view.blocks), 100),
  ...(view.type === 'modal' ? within('title', long(textOf(view.title)), 24) : []),
  ...['submit', 'close'].flatMap(key => (view[key] ? within(key, long(textOf(view[key])), 24) : [])),
  ...within('callback_id', long(view.callback_id), 255, 0),
  ...within('private_metadata', long(view.private_metadata), 3000, 0),
  ...(nodesIn(view).some(node => node.type === 'table') ? ['a table in a window'] : []),
  ...(nodesIn(view).some(node => node.type === 'input') && view.type === 'modal' && !view.submit ? ['no submit'] : []),
];

/** The words that a person sees: pieces of a sentence together, all else a line each. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).filter(Boolean).join('\n');
  if (!isNode(value)) return '';
  if (value.type === 'link') return String(value.url);
  if (typeof value.text === 'string') return value.text;
  if (/^rich_text_(section|quote|preformatted)$/.test(value.type ?? ''))
    return list(value.elements).map(shown).join('');
  return Object.values(value).map(shown).filter(Boolean).join('\n');
}
