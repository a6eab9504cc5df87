import { Parser } from 'saxen';

/** An element of a document that was read; its name has no prefix. */
export interface XmlElement {
  readonly name: string;
  /** Attributes by their names without a prefix. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

/** A text is not XML that is taken here: not well-formed, too deep, or with a document type. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';
}

/** Maximum depth of elements. */
const MAXIMUM_DEPTH = 32;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi;
/** Characters that XML 1.0 forbids. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/**
 * Replaces references to characters. Any other entity is a fault: only a document type could define it. A bare `&` stays,
 * since agencies write it in addresses.
 */
const decoded = (text: string): string =>
  !text.includes('&')
    ? text
    : text.replace(REFERENCE, (_, digits?: string, hex?: string, name?: string) => {
        if (name !== undefined) {
          const known = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
          if (known === undefined) throw new XmlFault(`entity ${name}`);
          return known;
        }
        const code = digits === undefined ? Number.parseInt(hex!, 16) : Number(digits);
        const character = code > 0x10ffff ? '' : String.fromCodePoint(code);
        // Half a character is none, and no database keeps it.
        if (!character.isWellFormed() || character === '' || FORBIDDEN.test(character)) throw new XmlFault('character');
        return character;
      });

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

interface Growing {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Growing[];
  text: string;
}

/**
 * Reads a whole document of XML as a tree. Prefixes are dropped: what is read here has one vocabulary.
 * @throws XmlFault where it is not well-formed, has a document type (and so may have entities), or is too deep.
 */
export function readXml(source: string): XmlElement {
  if (FORBIDDEN.test(source)) throw new XmlFault('character');
  const open: Growing[] = [];
  const roots: Growing[] = [];
  const add = (text: string): void => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  const fault = (error: Error): never => {
    throw new XmlFault(error.message);
  };
  const parser = new Parser()
    .on('openTag', (name, attributes) => {
      if (open.length >= MAXIMUM_DEPTH) throw new XmlFault('too deep');
      const given = Object.entries(attributes()).map(([key, value]) => [local(key), decoded(value)] as const);
      const element: Growing = { name: local(name), attributes: Object.fromEntries(given), children: [], text: '' };
      (open.at(-1)?.children ?? roots).push(element);
      open.push(element);
    })
    .on('closeTag', () => void open.pop())
    .on('text', text => add(decoded(text)))
    .on('cdata', add)
    .on('attention', () => {
      throw new XmlFault('document type');
    })
    .on('error', fault)
    .on('warn', fault);
  parser.parse(source.replace(/^\uFEFF/, ''));
  const [root, ...others] = roots;
  if (!root || others.length) throw new XmlFault('one root is needed');
  return root;
}

/** The children of one name. */
export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter(one => one.name === name);

/** The text of the first child of a name, trimmed; null: there is none, or it is empty. */
export const textIn = (element: XmlElement, name: string): string | null =>
  element.children.find(one => one.name === name)?.text.trim() || null;
