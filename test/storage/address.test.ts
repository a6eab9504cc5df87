import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileOf, isAddress, isThere, readAddress, shownAddress } from '../../src/storage/address.ts';
import { openStore } from '../../src/storage/open.ts';
import { addresses } from '../databases.ts';
import { newFolder } from '../program.ts';

describe.each(addresses)('a database on $name', ({ newUrl }) => {
  it('is looked for without being made, and found once it is there', async () => {
    const url = await newUrl();
    expect([await isThere(url), await isThere(url)]).toEqual([false, false]);
    const file = fileOf(url);
    if (file) expect(existsSync(file)).toBe(false);
    const store = await openStore(url);
    expect(await isThere(url)).toBe(true);
    await store.close();
    expect(await isThere(url)).toBe(true);
  });
});

it('a server that does not answer is no server without a database', async () => {
  await expect(isThere('postgres://u@127.0.0.1:1/x')).rejects.toMatchObject({ code: 'unreachable' });
});

it.each([
  ['data/x.db', 'file:data/x.db'],
  ['C:\\data\\x.db', 'file:C:\\data\\x.db'],
  ['file:x.db', 'file:x.db'],
  ['postgresql://u@h/x', 'postgresql://u@h/x'],
  ['mysql://h/x', null],
  ['file:', null],
  ['', null],
])('the address %j is read as %j', (typed, address) => {
  expect(readAddress(typed)).toBe(address);
});

it.each([
  ['postgres://u:p@h:5432/x', true],
  ['postgres://u@/x?host=/run/postgresql', true],
  ['postgres:///x', true],
  ['postgres://u:p%40q@[::1]/x', true],
  ['postgres://', false],
  ['postgres://u:p@', false],
  ['postgres://u:p@h:99999/x', false],
  ['postgres://u:p/q@h/x', false],
  ['postgres://u:p%ff@h/x', false],
])('%s can be asked: %s', (typed, can) => {
  expect(isAddress(typed)).toBe(can);
});

it('a folder is told from a file', async () => {
  await expect(isThere(`file:${newFolder()}`)).rejects.toMatchObject({ code: 'folder' });
});

it('a password is not shown', () => {
  expect(shownAddress('postgres://u:ra/h?a@s:ia@h/x')).toBe('postgres://u:…@h/x');
  expect(shownAddress('postgres://h/x?password=rahasia&a=b')).toBe('postgres://h/x?password=…&a=b');
  expect(shownAddress('postgres://u:rahasia@h/x')).toBe('postgres://u:…@h/x');
  expect(shownAddress('postgres://h/x?a=b:c@d')).toBe('postgres://h/x?a=b:c@d');
  expect(shownAddress('file:x.db')).toBe('file:x.db');
});
