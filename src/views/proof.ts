import { link, type Text } from '../language/text.ts';

/** Where evidence or a document is, as people read it: an address can be opened, anything else is words. */
export const proofText = (content: string): Text => (/^https?:\/\//.test(content) ? [link(content, content)] : content);
