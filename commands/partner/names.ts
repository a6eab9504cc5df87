import type { ReadContext } from '../../src/bot/act-context.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { archivedNamed, type Partner } from '../../src/domain/partners.ts';

/** The refusal where another partner bears the name already. */
export const exists = (name: string) => new Refusal('conflict', m => m.partner.exists({ name }), { option: 'name' });

/** Refuses a name that an archived partner bears: a second one would be cut off from the first one's record. */
export async function neverArchived(ctx: ReadContext, name: string): Promise<void> {
  const old = await archivedNamed(ctx.db, ctx.forumId, name);
  if (!old) return;
  const code = codeOf('partner', old.number);
  throw new Refusal('conflict', m => m.partner.inArchive({ name: old.name, code }), { option: 'name' });
}

/** Refuses an archived partner where somebody is to sit for it or something is to become of it. */
export function takesPart(partner: Partner, option = 'partner'): void {
  if (!partner.archivedAt) return;
  const said = { partner: partner.name, code: codeOf('partner', partner.number) };
  const declined = partner.candidateSince !== null;
  throw new Refusal('closed', m => (declined ? m.partner.hasDeclined(said) : m.partner.isArchived(said)), {
    option,
  });
}
