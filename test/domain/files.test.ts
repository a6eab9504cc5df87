import { expect, it } from 'vitest';
import { fileName } from '../../src/bot/hand-in.ts';
import { guessKind, isPublicKind } from '../../src/domain/evidence.ts';
import { removeLocation } from '../../src/domain/files/location.ts';
import { typeByContent } from '../../src/domain/files/type.ts';

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

/** A field of a TIFF directory, in the order of bytes of Intel. */
const field = (tag: number, type: number, count: number, value: number): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.writeUInt32LE(count, 4);
  bytes.writeUInt32LE(value, 8);
  return bytes;
};

const segment = (content: Buffer): Buffer => {
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};

it('W4: a photo loses where it was taken, and nothing else', () => {
  // The header, a directory of two fields (orientation, positions), a directory of positions, and a latitude behind it.
  const tiff = Buffer.concat([
    Buffer.from('II*\0\x08\0\0\0\x02\0', 'latin1'),
    field(0x0112, 3, 1, 6),
    field(0x8825, 4, 1, 38),
    Buffer.alloc(4),
    Buffer.from([1, 0]),
    field(2, 5, 3, 56),
    Buffer.alloc(4),
    Buffer.from('7 derajat 48 menit, rahasia', 'latin1'),
  ]);
  const photo = Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])),
    segment(Buffer.from('http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude="7,48S"/>', 'latin1')),
    Buffer.from([0xff, 0xda, 1, 2, 3]),
  ]);
  const before = Buffer.from(photo);
  removeLocation(photo);
  expect(photo.includes('7 derajat')).toBe(false);
  expect(photo.includes('GPSLatitude')).toBe(false);
  expect(photo.length).toBe(before.length);
  expect(photo.includes(field(0x0112, 3, 1, 6))).toBe(true);
  expect(photo.subarray(-5)).toEqual(before.subarray(-5));
});

it('W4: whatever bytes stand in a file, looking for a position harms nothing but itself', () => {
  for (let seed = 1; seed < 2_000; seed++) {
    const bytes = Buffer.alloc(64);
    for (let i = 0, state = seed; i < 64; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[i] = state >>> 24;
    }
    Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 60, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x49, 0x49]).copy(bytes);
    expect(() => removeLocation(bytes)).not.toThrow();
  }
});
