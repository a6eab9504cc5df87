import type { Installation } from '@slack/bolt';
import { expect, it } from 'vitest';
import { keptInstallations } from '../../adapters/slack/installations.ts';

function aVault() {
  const kept = new Map<string, string>();
  return {
    kept,
    load: async (name: string) => kept.get(name) ?? null,
    save: async (name: string, value: string) => void kept.set(name, value),
    remove: async (name: string) => void kept.delete(name),
  };
}

const installation = {
  team: { id: 'T1', name: 'Forum' },
  enterprise: undefined,
  user: { token: undefined, scopes: undefined, id: 'U1' },
  bot: { token: 'xoxb-1', scopes: [], id: 'B1', userId: 'U2' },
  isEnterpriseInstall: false,
} as unknown as Installation<'v2', false>;

it('a new secret opens what the old one closed while both are named, closes it anew, and then stands alone', async () => {
  const vault = aVault();
  await keptInstallations(vault, 'lama').store.storeInstallation(installation);
  const [sealed] = vault.kept.values();
  expect(await keptInstallations(vault, 'baru').find('T1', undefined)).toBeNull();
  expect(await keptInstallations(vault, 'baru, lama').find('T1', undefined)).toMatchObject({ token: 'xoxb-1' });
  expect([...vault.kept.values()]).not.toEqual([sealed]);
  expect(await keptInstallations(vault, 'baru').find('T1', undefined)).toMatchObject({ token: 'xoxb-1' });
  expect(await keptInstallations(vault, 'lama').find('T1', undefined)).toBeNull();
  expect(JSON.stringify([...vault.kept])).not.toContain('xoxb-1');
});

it('a secret that always held a comma goes on to work', async () => {
  const vault = aVault();
  const { createSeal } = await import('../../adapters/slack/encryption.ts');
  await vault.save('slack:T1', createSeal('a,b').close(JSON.stringify(installation), 'T1'));
  expect(await keptInstallations(vault, 'a,b').find('T1', undefined)).toMatchObject({ token: 'xoxb-1' });
});
