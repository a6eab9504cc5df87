import type { SendResult } from '../contract/act.ts';
import type { Log } from '../contract/log.ts';
import { noteRefused } from '../domain/facts.ts';
import type { Store } from '../storage/store.ts';
import type { Delivery } from './delivery.ts';

/** Tells the operator, in the log and on `/healthz`, of a message that a platform did not take as it was made. */
export async function noticeRefused(
  { store, log, now }: { readonly store: Store; readonly log: Log; readonly now: Date },
  { seq, topic, platform }: Delivery,
  result: SendResult,
): Promise<void> {
  const problems = result.kind === 'invalid' ? result.detail : result.kind === 'sent' ? result.invalid : undefined;
  if (!problems) return;
  log.error('a platform refused a message as it is made', {
    delivery: seq,
    topic,
    platform,
    inWords: result.kind === 'sent',
    problems,
  });
  await noteRefused(store, { platform, topic, at: now }).catch(error =>
    log.warn('a refused message was not noted', { error }),
  );
}
