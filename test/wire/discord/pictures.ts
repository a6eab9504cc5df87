import { type JsonObject, objectOf, objectsOf, textOf } from './json.ts';
import { COMPONENT, flatten } from './limits/components.ts';
import type { MessageContent } from './model.ts';

/** A picture as a person sees it in a message, with its words. */
export interface ShownPicture {
  readonly filename: string;
  readonly alt: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

const NAMED = /^attachment:\/\/(.+)$/;

/** The attachments that components of a message show. */
const mediaOf = (components: readonly JsonObject[]): { name: string; alt: string }[] =>
  flatten([...components])
    .filter(one => one.type === COMPONENT.gallery)
    .flatMap(one => objectsOf(one.items))
    .map(item => ({
      name: NAMED.exec(textOf(objectOf(item.media).url))?.[1] ?? '',
      alt: textOf(item.description),
    }));

/** The pictures of a message's galleries, in order. */
export const picturesIn = ({ components, attachments }: MessageContent): ShownPicture[] =>
  mediaOf(components).flatMap(({ name, alt }) => {
    const file = attachments.find(one => one.filename === name);
    return file ? [{ filename: name, alt, contentType: file.contentType, bytes: file.bytes }] : [];
  });

/** Returns what Discord lists as attachments of a message: those that no component shows. */
export const listedAttachments = ({ components, attachments }: MessageContent): MessageContent['attachments'] => {
  const shown = new Set(mediaOf(components).map(one => one.name));
  return attachments.filter(one => !shown.has(one.filename));
};
