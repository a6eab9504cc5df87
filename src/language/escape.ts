const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Neither HTML nor XML 1.0 can hold these, escaped or not. */
const UNUTTERABLE = /(?![\n\t])\p{Cc}|[\ufffe\uffff]/gu;

/** Text as it may stand in HTML and XML, between tags and in an attribute within quotes. */
export const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNUTTERABLE, '')
    .replace(/[&<>"']/g, sign => SIGNS[sign]!);
