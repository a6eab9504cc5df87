import { readFileSync } from 'node:fs';
import { getTableColumns, is, Table } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { SCOPES } from '../../../adapters/slack/scopes.ts';
import { postgresKit } from '../../../src/storage/kit.ts';
import { defineSchema } from '../../../src/storage/schema/index.ts';

it('neither platform is asked for what people write to each other, nor for addresses', () => {
  const asked = ['shard.ts', 'examine.ts'].flatMap(file =>
    [
      ...readFileSync(new URL(`../../../adapters/discord/${file}`, import.meta.url), 'utf8').matchAll(
        /GatewayIntentBits\.(\w+)/g,
      ),
    ].map(([, intent]) => intent),
  );
  expect([...new Set(asked)].sort()).toEqual(['DirectMessages', 'Guilds']);
  // Of conversations only the direct one, and of channels the names.
  const scopes = Object.keys(SCOPES);
  expect(scopes.filter(scope => scope.endsWith(':history'))).toEqual(['im:history']);
  expect(scopes.filter(scope => /email|phone|profile/.test(scope))).toEqual([]);
});

it('no column is for an e-mail address, a telephone number or an IP address', () => {
  const tables = Object.entries(defineSchema(postgresKit)).filter(([, table]) => is(table, Table));
  expect(tables.length).toBeGreaterThan(40);
  const columns = tables.flatMap(([name, table]) =>
    Object.keys(getTableColumns(table as Table)).map(column => `${name}.${column}`),
  );
  expect(columns.filter(column => /mail|phone|\.ip$|ipAddress|userAgent/i.test(column))).toEqual([]);
});
