import { createHash } from 'node:crypto';
import type { Outgoing } from '../contract/act.ts';
import type { SendContext } from '../contract/post-type.ts';
import { note, text, type View } from '../contract/view.ts';
import { formatDuration, formatInstant } from '../language/dates.ts';
import { catalogue } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import type { Store } from '../storage/store.ts';
import type { Circumstances } from './circumstances.ts';
import type { Delivery } from './delivery.ts';
import { isEdit } from './posts.ts';

/** Minimum delay that is worth a word, ms. */
const LATE_MS = 15 * 60_000;

/** A message more than a quarter of an hour late says so, and why it matters when it was meant for. */
export function withLateness({ m, now, due, zone, locale }: SendContext, view: View): View {
  const late = now.getTime() - due.getTime();
  if (late <= LATE_MS) return view;
  const said = m.core.late({ by: formatDuration(late, locale), at: formatInstant(due, zone, locale) });
  return { ...view, blocks: [...view.blocks, note(said)] };
}

/** The view with a word below it. */
export const withNote = (view: View, said: Text): View => ({ ...view, blocks: [...view.blocks, note(said)] });

/** Names the addressee of what was meant for one person and stands in a channel. */
export function withAddressee({ channel, member }: Delivery, { m, toName }: SendContext, view: View): View {
  if (channel === null || member === null) return view;
  return { ...view, blocks: [text(m.core.forPerson({ name: toName ?? m.core.somebody })), ...view.blocks] };
}

/** Stable for a delivery and what it brings up to date, within both platforms' 25 characters. */
export const nonceOf = (delivery: Delivery): Outgoing['nonce'] => {
  const round = isEdit(delivery) ? `-${delivery.claim}` : '';
  return `${delivery.seq}${round}`.slice(0, 25);
};

export const hashOf = (view: View): string =>
  createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22);

/** Posts in channels speak the forum's language; a direct message the person's. Null: the member is gone. */
export function contextIn(
  { read }: Store,
  { forum, member }: Circumstances,
  delivery: Pick<Delivery, 'channel' | 'member' | 'due'>,
  now: Date,
): SendContext | null {
  if (delivery.member !== null && (!member || member.forgottenAt)) return null;
  const own = delivery.channel === null ? member : null;
  const locale = own?.locale ?? forum.locale;
  return {
    m: catalogue[locale],
    locale,
    zone: own?.zone ?? forum.zone,
    now,
    db: read,
    forumId: forum.id,
    forum,
    due: delivery.due,
    to: delivery.member,
    toName: member?.name ?? null,
    standsSince: null,
  };
}
