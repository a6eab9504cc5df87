import { strFromU8, unzipSync } from 'fflate';
import { XmlDocument, XmlElement } from 'libxml2-wasm';

/**
 * The children of elements in the order in which ECMA-376 (part 1, 5th edition, WordprocessingML and DrawingML) has
 * them, as far as they are written here. Word refuses or repairs a file in which they stand otherwise.
 */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  document: ['body'],
  p: ['pPr', '*r', '*fldSimple'],
  pPr: ['pStyle', 'keepNext', 'keepLines', 'pageBreakBefore', 'numPr', 'spacing', 'ind', 'jc', 'outlineLvl'],
  r: ['rPr', '*t', '*br', '*fldChar', '*instrText', '*drawing'],
  rPr: ['b', 'i', 'color', 'sz'],
  tbl: ['tblPr', 'tblGrid', '*tr'],
  tblPr: ['tblStyle', 'tblW', 'jc', 'tblBorders', 'tblLayout'],
  tblBorders: ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'],
  tblGrid: ['*gridCol'],
  tr: ['trPr', '*tc'],
  tc: ['tcPr', '*p'],
  tcPr: ['tcW', 'gridSpan', 'shd'],
  sectPr: ['footerReference', 'pgSz', 'pgMar'],
  styles: ['docDefaults', '*style'],
  docDefaults: ['rPrDefault', 'pPrDefault'],
  style: ['name', 'basedOn', 'next', 'pPr', 'rPr'],
  inline: ['extent', 'effectExtent', 'docPr', 'cNvGraphicFramePr', 'graphic'],
  pic: ['nvPicPr', 'blipFill', 'spPr'],
  nvPicPr: ['cNvPr', 'cNvPicPr'],
  blipFill: ['blip', 'stretch'],
  spPr: ['xfrm', 'prstGeom'],
  xfrm: ['off', 'ext'],
};

/**
 * Lists what the children of an element break of that order; a star marks those that may come in any order and often.
 */
function disordered(parent: string, children: readonly string[]): string[] {
  const order = ORDER[parent];
  if (!order) return [];
  const free = order.filter(one => one.startsWith('*')).map(one => one.slice(1));
  const fixed = order.filter(one => !one.startsWith('*'));
  const faults = children
    .filter(one => !free.includes(one) && !fixed.includes(one))
    .map(one => `${parent} has ${one}, which is not known there`);
  const places = children.map(one => (free.includes(one) ? fixed.length : fixed.indexOf(one)));
  if (places.some((place, i) => i > 0 && place < places[i - 1]!)) faults.push(`${parent}: ${children.join(', ')}`);
  const ones = children.filter(one => fixed.includes(one));
  if (new Set(ones).size < ones.length) faults.push(`${parent} has one of these twice: ${ones.join(', ')}`);
  return faults;
}

/** The children of a body stand in any order, but its section stands last; a cell ends with a paragraph. */
function misplaced(element: XmlElement, children: readonly string[]): string[] {
  if (element.name === 'body') {
    const isWrong = children.at(-1) !== 'sectPr' || children.slice(0, -1).some(one => one !== 'p' && one !== 'tbl');
    return isWrong ? [`body: ${[...new Set(children)].join(', ')}`] : [];
  }
  if (element.name === 'tc') return children.at(-1) === 'p' ? [] : ['a cell does not end with a paragraph'];
  if (element.name !== 'tbl') return [];
  const columns = childrenOf(element).find(one => one.name === 'tblGrid');
  const rows = childrenOf(element).filter(one => one.name === 'tr');
  const wide = columns ? childrenOf(columns).length : 0;
  return rows.every(row => childrenOf(row).filter(one => one.name === 'tc').length === wide)
    ? []
    : ['a row has not as many cells as its table has columns'];
}

function childrenOf(element: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = element.firstChild; node; node = node.next) if (node instanceof XmlElement) found.push(node);
  return found;
}

function* within(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of childrenOf(element)) yield* within(child);
}

/**
 * Lists what a Word file breaks of its standard: parts without a type, links to nothing, elements that stand where they
 * may not.
 */
export function faultsOfWord(bytes: Uint8Array): string[] {
  const files = unzipSync(bytes);
  const faults: string[] = [];
  const types = strFromU8(files['[Content_Types].xml']!);
  for (const name of Object.keys(files)) {
    const ending = /\.(\w+)$/.exec(name)?.[1] ?? '';
    const isTyped = types.includes(`PartName="/${name}"`) || types.includes(`Extension="${ending}"`);
    if (!isTyped && name !== '[Content_Types].xml') faults.push(`${name} has no type`);
  }
  const relations = (name: string) => (files[name] ? strFromU8(files[name]) : '');
  const linked = [...relations('word/_rels/document.xml.rels').matchAll(/Id="([^"]+)"[^>]*Target="([^"]+)"/g)];
  for (const [, id, target] of linked) if (!files[`word/${target}`]) faults.push(`${id} leads to nothing: ${target}`);
  const known = new Set(linked.map(([, id]) => id));
  const text = strFromU8(files['word/document.xml']!);
  for (const [, id] of text.matchAll(/r:(?:id|embed)="([^"]+)"/g))
    if (!known.has(id!)) faults.push(`nothing is called ${id}`);
  const ids = [...text.matchAll(/<wp:docPr id="(\d+)"/g)].map(([, id]) => id);
  if (new Set(ids).size < ids.length) faults.push('two pictures have one id');
  const styles = [...relations('word/styles.xml').matchAll(/w:styleId="([^"]+)"/g)].map(([, id]) => id);
  for (const [, style] of text.matchAll(/<w:pStyle w:val="([^"]+)"/g))
    if (!styles.includes(style!)) faults.push(`there is no style ${style}`);
  for (const name of Object.keys(files).filter(one => /^word\/[^/]+\.xml$/.test(one))) {
    using document = XmlDocument.fromBuffer(files[name]!);
    for (const element of within(document.root)) {
      const children = childrenOf(element).map(one => one.name);
      faults.push(...disordered(element.name, children), ...misplaced(element, children));
    }
  }
  return [...new Set(faults)];
}
