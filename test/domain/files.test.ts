import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileName } from '../../src/bot/hand-in.ts';
import { guessKind, isPublicKind } from '../../src/domain/evidence.ts';
import { keepContent, PART_BYTES } from '../../src/domain/files/store.ts';
import { typeByContent } from '../../src/domain/files/type.ts';
import { openStore } from '../../src/storage/open.ts';
import { newFolder } from '../program.ts';
import { START } from '../world.ts';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);
const ZIP = Buffer.from('PK\x03\x04 ', 'latin1');

it.each([
  ['foto.jpg', JPEG, '', 'image/jpeg'],
  // Programs for pictures are careless with endings.
  ['foto.jpg', PNG, '', 'image/png'],
  ['foto', JPEG, 'image/jpeg', 'image/jpeg'],
  ['laporan.docx', ZIP, '', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['arsip.zip', ZIP, '', 'application/zip'],
  ['data.csv', Buffer.from('a;b\n1;é'), 'text/csv', 'text/csv'],
  // A character that is cut off at the end of what was read makes no text a bad one.
  ['data.csv', Buffer.from('é').subarray(0, 1), '', 'text/csv'],
  ['data.csv', Buffer.from('Nama;Kota\nCafé;x', 'latin1'), 'text/csv', 'text/csv'],
  ['data.csv', Buffer.from('\ufeffNama\tKota\n', 'utf16le'), 'text/csv', 'text/csv'],
  ['halaman.html', Buffer.from('<script>alert(1)</script>'), 'text/html', 'text/plain'],
  ['gambar.svg', Buffer.from('<svg onload="x"/>'), 'image/svg+xml', 'text/plain'],
  ['peta.dwg', Buffer.from([1, 0, 2, 0xff]), '', 'application/octet-stream'],
])('W4: %s is what its content says', (name, content, declared, type) => {
  expect(typeByContent(content, name, declared)).toEqual({ type });
});

it.each([
  ['laporan.pdf', JPEG, '', 'differs'],
  ['foto.jpg', Buffer.from('%PDF-1.7'), '', 'differs'],
  ['foto.jpg', Buffer.from('bukan gambar'), '', 'differs'],
  ['foto', Buffer.from('bukan gambar'), 'image/png', 'differs'],
  ['laporan.docx', Buffer.from('MZ\0\0', 'latin1'), '', 'program'],
  ['setup.exe', Buffer.from('MZ\0\0', 'latin1'), '', 'program'],
  ['skrip.txt', Buffer.from('#!/bin/sh\nrm -rf /'), '', 'program'],
  ['kosong.pdf', Buffer.alloc(0), '', 'empty'],
])('W4: %s is not taken for what it says', (name, content, declared, why) => {
  expect(typeByContent(content, name, declared)).toEqual({ why });
});

it('a name has no path, no sign that misleads, and keeps its ending where it is cut', () => {
  expect(fileName('../../etc/passwd')).toBe('passwd');
  expect(fileName('C:\\x\\laporan.pdf')).toBe('laporan.pdf');
  expect(fileName('gpj.\u202Eexe')).not.toContain('\u202E');
  expect(fileName('')).toBe('file');
  const long = fileName(`${'a'.repeat(500)}.pdf`);
  expect([long.length, long.endsWith('.pdf')]).toEqual([120, true]);
});

it('lists of who came and receipts are told by their names, and stand on no public page', () => {
  expect(guessKind('Daftar hadir gladi.pdf', 'application/pdf')).toBe('attendance');
  expect(guessKind('kuitansi 12.jpg', 'image/jpeg')).toBe('receipt');
  expect(guessKind('posko.jpg', 'image/jpeg')).toBe('photo');
  expect(guessKind('notulen.pdf', 'application/pdf')).toBe('file');
  expect((['attendance', 'receipt'] as const).some(isPublicKind)).toBe(false);
});

it('a large file leaves SQLite’s log behind as it comes, so that no later commit moves all of it at once', async () => {
  const file = join(newFolder(), 'rembug.db');
  const store = await openStore(`file:${file}`);
  const forum = { id: 'f', name: 'f', locale: 'id', zone: 'Asia/Jakarta', settings: {}, createdAt: START } as const;
  await store.write(null, async tx => void (await tx.insert(tx.tables.forums).values(forum)));
  const parts = Array.from({ length: 5 }, (_, part) => Buffer.alloc(PART_BYTES, `bagian-${part};`));
  const content = { hash: 'h', type: 'video/mp4', size: 5 * PART_BYTES, parts };
  await keepContent(store, 'f', content, START);
  const lies = (part: number) => readFileSync(file).includes(`bagian-${part};bagian-${part};`);
  expect([0, 1, 2, 3].map(lies)).toEqual([true, true, true, true]);
  await store.close();
});
