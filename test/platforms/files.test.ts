import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { sweepFiles } from '../../src/domain/files/store.ts';
import { databases } from '../databases.ts';
import { widened } from '../slack/app.ts';
import { onBothWires } from './wired.ts';

const MIB = 1_048_576;

/** Bytes that no compression makes shorter, the same each time, behind the signature of a document. */
function aDocument(bytes: number, seed = 1): Buffer {
  const content = Buffer.alloc(bytes);
  for (let i = 0, state = seed; i < bytes; i += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    content.writeUInt32LE(state, Math.min(i, bytes - 4));
  }
  content.write('%PDF-1.7', 0, 'latin1');
  return content;
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

type House = Awaited<ReturnType<typeof onBothWires>>;

const onDiscord = ({ slash }: House, title: string, filename: string, bytes: Uint8Array | string) =>
  slash('activity', 'log', { title, evidence: { filename, bytes, contentType: 'application/pdf' } });

async function onSlack(
  { slack, say, sari }: House,
  title: string,
  ...files: { filename: string; bytes: Uint8Array }[]
) {
  const asked = await say('kegiatan catat');
  await widened(slack, asked.view, sari);
  return slack.submitView(asked.view, { title, evidence: files }, sari).answered();
}

/** Returns what a person on Slack has after opening the file of a thing. */
async function openedOnSlack({ slack, say, sari }: House, code: string): Promise<Buffer> {
  const before = slack.uploads.length;
  const card = await say(`kegiatan lihat ${code}`);
  await slack.click(card.message, 'Buka berkas', sari).answered();
  await slack.until(() => slack.uploads.slice(before).some(one => one.shared.length > 0), 'the file');
  return Buffer.from(slack.uploads.at(-1)!.bytes!);
}

async function openedOnDiscord({ discord, slash, ana }: House, code: string): Promise<Buffer> {
  const card = await slash('activity', 'show', { activity: code });
  const opened = await discord.click(card.message, 'Buka berkas', ana).answered();
  return Buffer.from(opened.message.attachments[0]!.bytes);
}

describe.each(databases)('files that are handed in, on $name', ({ open }) => {
  it('W4, S6: a file of 8 MiB of each platform opens on the other and on the page, byte for byte, once its address is dead', async () => {
    const store = await open();
    await using app = await onBothWires(store);
    const { discord, slack, logged } = app;
    const [one, other] = [aDocument(8 * MIB), aDocument(8 * MIB, 2)];
    expect((await onDiscord(app, 'Gladi', 'laporan gladi.pdf', one)).text).toContain('laporan gladi.pdf');
    expect((await onSlack(app, 'Rapat', { filename: 'notulen.pdf', bytes: other })).text).toContain('notulen.pdf');
    discord.expireFiles();
    slack.deleteFiles();

    expect(hashOf(await openedOnSlack(app, 'K-1'))).toBe(hashOf(one));
    expect(hashOf(await openedOnDiscord(app, 'K-2'))).toBe(hashOf(other));

    const [forum] = await store.read.select().from(store.tables.forums);
    const page = (path: string) => app.fetch(`/f/${forum!.id}${path}`);
    expect((await page(`/files/${hashOf(one)}`)).status).toBe(404);
    await app.slash('forum', 'publish');
    await app.slash('forum', 'publish', { confirm: 'yes' });
    expect(await (await page('/activities/K-1?lang=id')).text()).toContain(`/files/${hashOf(one)}`);
    const saved = await page(`/files/${hashOf(one)}`);
    expect(hashOf(new Uint8Array(await saved.arrayBuffer()))).toBe(hashOf(one));
    expect(saved.headers.get('content-disposition')).toContain('attachment; filename="laporan gladi.pdf"');
    expect(saved.headers.get('x-content-type-options')).toBe('nosniff');
    expect(saved.headers.get('content-security-policy')).toContain('sandbox');
    expect([discord.failures, slack.failures, logged]).toEqual([[], [], []]);

    const parts = await store.read.select().from(store.tables.fileParts);
    expect(Math.max(...parts.map(part => part.content.length))).toBe(256 * 1024);
  });

  it('W4: a file that cannot be had, is too large or is not what it says is told of, and the act is kept', async () => {
    const store = await open();
    await using app = await onBothWires(store, { fileLimitMib: 1 });
    const { discord } = app;
    const large = await onDiscord(app, 'Besar', 'besar.pdf', aDocument(MIB + 1));
    expect(large.text).toContain('terlalu besar; paling besar 1 MB');
    const wrong = await onDiscord(app, 'Lain', 'laporan.pdf', 'MZ bukan dokumen');
    expect(wrong.text).toContain('adalah program');
    const other = await onDiscord(app, 'Teks', 'laporan.pdf', 'bukan dokumen');
    expect(other.text).toContain('tidak sesuai dengan namanya');
    discord.expireFiles();
    const away = await onDiscord(app, 'Hilang', 'hilang.pdf', aDocument(1_000));
    expect(away.text).toContain('tidak dapat diambil');
    const kept = await store.read.select().from(store.tables.activities);
    expect(kept.map(one => one.title)).toEqual(['Besar', 'Lain', 'Teks', 'Hilang']);
    expect(await store.read.select().from(store.tables.evidence)).toEqual([]);

    discord.expireFiles(false);
    // The file is asked for again, where nothing but the file is handed in.
    const again = await discord.click(away.message, 'Tambah bukti', app.ana).answered();
    const field = again.modal.fields[0]!.label;
    const refused = { [field]: { filename: 'kosong.pdf', bytes: '', contentType: 'application/pdf' } };
    const empty = await discord.submitModal(again.modal, refused, app.ana).answered();
    expect(empty.text).toContain('kosong');
    const form = await discord.click(empty.message, 'Perbaiki', app.ana).answered();
    const given = { [field]: { filename: 'ada.pdf', bytes: aDocument(1_000), contentType: 'application/pdf' } };
    expect((await discord.submitModal(form.modal, given, app.ana).answered()).text).toContain('ada.pdf');
  });

  it('S6: a form takes several files, each content is stored once, and what nothing refers to goes after a day', async () => {
    const store = await open();
    await using app = await onBothWires(store);
    const [one, two] = [aDocument(300_000), aDocument(1_000, 3)];
    await onSlack(app, 'Rapat', { filename: 'a.pdf', bytes: one }, { filename: 'b.pdf', bytes: two });
    await onDiscord(app, 'Gladi', 'c.pdf', one);
    const { files, evidence, fileParts } = store.tables;
    const stored = () => store.read.select().from(files);
    expect((await stored()).map(row => [row.hash, row.size, row.type]).sort()).toEqual(
      [one, two].map(bytes => [hashOf(bytes), bytes.length, 'application/pdf']).sort(),
    );
    const proofs = await store.read.select().from(evidence);
    expect(proofs.map(row => row.content)).toEqual(['a.pdf', 'b.pdf', 'c.pdf']);

    const later = (days: number) => new Date(app.clock.now().getTime() + days * 86_400_000);
    await sweepFiles(store, later(30));
    expect(await stored()).toHaveLength(2);
    await store.write(null, async tx => {
      await tx.update(evidence).set({ withdrawnAt: app.clock.now() }).where(eq(evidence.content, 'b.pdf'));
      await tx.update(files).set({ expiresAt: app.clock.now() });
    });
    await sweepFiles(store, later(1));
    expect((await stored()).map(row => row.hash)).toEqual([hashOf(one)]);
    expect((await store.read.select().from(fileParts)).map(row => row.hash)).toEqual([hashOf(one), hashOf(one)]);
  });
});
