import { describe, expect, it } from 'vitest';
import { renderAll } from './all.ts';
import { aGeneratedForum, type Flavour, ROLES, type Role } from './forum.ts';

/** A share of what `npm run bench -- views` renders: each flavour, and the sizes at which things change. */
const SHARE: readonly (readonly [size: number, locale: 'id' | 'en', flavour: Flavour, roles: readonly Role[]])[] = [
  [0, 'id', 'plain', ROLES],
  [1, 'en', 'longest', ROLES],
  [1, 'id', 'rightToLeft', ROLES],
  [26, 'en', 'markup', ROLES],
  [101, 'id', 'emoji', ['coordinator']],
];

describe('W2: no view of a forum is refused by a platform', () => {
  it.each(SHARE)('with %i of each thing, in %s, all called %s', async (size, locale, flavour, roles) => {
    const made = await aGeneratedForum(size, locale, flavour);
    const counts = new Map<string, number>();
    for (const role of roles) await renderAll(made, { account: role, role, locale, flavour }, counts);
    await made.world.store.close();
    expect([...counts.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(1_000 * roles.length);
  });
});
