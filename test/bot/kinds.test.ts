import { expect, it } from 'vitest';
import { aWorld } from '../world.ts';

it('a whole number may be typed with the thousands of either language', async () => {
  await using world = await aWorld();
  await world.all('/forum setup "Forum Uji"');
  const [indonesian, english] = await world.all(
    '/activity log "Simulasi gempa" kind:training participants:1.234',
    '/activity log "Simulasi banjir" kind:training participants:"1,234"',
  );
  expect(indonesian).toContain('1.234');
  expect(english).toContain('1.234');
});
