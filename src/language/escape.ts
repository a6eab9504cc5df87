const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\r': '&#13;',
};

/** Neither HTML nor XML 1.0 can hold these, escaped or not. */
const UNUTTERABLE = /(?![\n\t])\p{Cc}|[\ufffe\uffff]/gu;

/** Text as it may stand in HTML and XML, between tags and in an attribute within quotes. */
export const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNUTTERABLE, '')
    .replace(/[&<>"']/g, sign => SIGNS[sign]!);

/**
 * Text as it may stand in XML with every character that XML 1.0 can hold: a cell of a workbook is read by machines, and
 * a carriage return or a control sign in it is the writer's own. Halves of characters are left out.
 */
export const wholeEscaped = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '')
    .replace(/[&<>"'\r]/g, sign => SIGNS[sign]!);
