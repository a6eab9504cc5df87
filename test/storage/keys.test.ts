import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, it } from 'vitest';
import * as sqlite from '../../src/storage/schema.sqlite.ts';

const tables = Object.values(sqlite).map(table => getTableConfig(table as unknown as SQLiteTable));
const columnsOf = ({ columns }: (typeof tables)[number]): string[] => columns.map(column => column.name);

it('a thing that a forum numbers is one row of its forum and number', () => {
  const numbered = tables.filter(table => ['forumId', 'number'].every(name => columnsOf(table).includes(name)));
  const keysOf = (table: (typeof tables)[number]): string[] => [
    ...table.primaryKeys.map(key => key.columns.map(column => column.name).join()),
    ...table.indexes
      .filter(({ config }) => config.unique)
      .map(({ config }) => config.columns.map(column => ('name' in column ? column.name : '')).join()),
  ];
  // Rows of history and evidence name a thing; they are none.
  const things = numbered.filter(table => !columnsOf(table).includes('thing'));
  expect(things.length).toBeGreaterThan(15);
  expect(things.filter(table => !keysOf(table).includes('forumId,number')).map(table => table.name)).toEqual([]);
});

it('a foreign key between tables of a forum spans the forum on both sides', () => {
  const inForum = new Set(tables.filter(table => columnsOf(table).includes('forumId')).map(table => table.name));
  const keys = tables.flatMap(table =>
    table.foreignKeys.map(key => {
      const { columns, foreignColumns, foreignTable } = key.reference();
      const to = getTableConfig(foreignTable).name;
      const pairs = columns.map((column, i) => `${column.name}=${foreignColumns[i]!.name}`);
      return { from: table.name, to, pairs };
    }),
  );
  const within = keys.filter(({ from, to }) => inForum.has(from) && inForum.has(to));
  expect(within.length).toBeGreaterThan(40);
  // A place is known by its address on the platform, which is one forum's; its channels name it by that.
  const others = within.filter(({ pairs }) => !pairs.includes('forumId=forumId'));
  expect(others.map(({ from, to }) => `${from} to ${to}`)).toEqual(['channels to places']);
});
