import { strToU8, zipSync } from 'fflate';
import { escaped } from '../language/escape.ts';

/** A paragraph of a document. */
export interface Paragraph {
  readonly style: 'title' | 'heading' | 'item' | 'text';
  readonly text: string;
}

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
