import { expect, it } from 'vitest';
import { newestOf, stateKeyOf } from '../../adapters/slack/encryption.ts';
import { readSettings, SettingsFault } from '../../src/app/settings.ts';

const withSecret = (secret: string) =>
  readSettings({
    SLACK_CLIENT_ID: '1',
    SLACK_CLIENT_SECRET: '2',
    SLACK_SIGNING_SECRET: '3',
    SLACK_STATE_SECRET: secret,
  });

const LONG = 'x'.repeat(32);

it.each([
  'rahasi',
  'x'.repeat(31),
  `rahasi,${LONG}`,
  ` ${'x'.repeat(31)} `,
  ' '.repeat(40),
  `${' '.repeat(40)},${LONG}`,
])('R27: a newest secret of fewer than 32 characters is refused: %j', secret => {
  expect(() => withSecret(secret)).toThrow(SettingsFault);
});

it.each([LONG, `${LONG},rahasi`, `${LONG}, ${LONG}`])(
  'R27: older secrets may be short, for they only open: %j',
  secret => {
    expect(withSecret(secret).slack!.oauth!.stateSecret).toBe(secret);
  },
);

it('R27: the state of an installation is signed with a key of its own', () => {
  expect(newestOf(`${LONG},lama`)).toBe(LONG);
  expect(stateKeyOf(LONG)).not.toContain(LONG);
  expect(stateKeyOf(LONG)).not.toBe(stateKeyOf(`${LONG}y`));
});
