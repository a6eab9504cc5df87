import { createHash } from 'node:crypto';
import type { Act } from '../contract/act.ts';
import { logging } from '../contract/log.ts';

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The reference of an act, eight signs: a person is told it when the act fails, and every log line of the act carries
 * it. It follows from the act's key, so an act that is delivered again has the same one.
 */
export const referenceOf = ({ key }: Pick<Act, 'key'>): string =>
  [...createHash('sha256').update(key).digest().subarray(0, 8)].map(byte => SIGNS[byte % 32]).join('');

/** Does what belongs to an act, from its arrival to its answer: all that is logged meanwhile names the act. */
export const withActLog = <T>(act: Pick<Act, 'key'>, work: () => T): T => {
  // Most acts log nothing: their reference is made when a line asks for it.
  const fields = {
    get act() {
      return referenceOf(act);
    },
  };
  return logging(fields, work);
};
