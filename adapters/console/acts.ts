import { createReadStream } from 'node:fs';
import type { Act, Ask, Place } from '../../src/contract/act.ts';
import { channel, identity } from './names.ts';
import { fileAt, localFile } from './saving.ts';

/** Makes an act of what somebody does in the terminal: people and channels are whatever is named like one. */
export const actOf = (place: Place, actor: string, ask: Ask, id: string): Act => ({
  key: `console:${id}`,
  place,
  who: identity(actor),
  ask,
  memberOf: typed => (/^@?[\p{L}][^@#]{0,79}$/u.test(typed) ? identity(typed.replace(/^@/, '')) : null),
  localFile,
  fileOf: fileAt,
  download: async ({ url }) => createReadStream(url),
  channelOf: typed => (/^#?[\p{L}\p{N}_-]{1,80}$/u.test(typed) ? channel(typed.replace(/^#/, '')) : null),
});
