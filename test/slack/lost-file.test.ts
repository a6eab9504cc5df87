import { expect, it } from 'vitest';
import { readableText } from '../wire/slack/reading.ts';
import { aSlackApp } from './app.ts';

it('S13: a file that did not arrive is said so where it was announced, and comes when it is asked for again', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  const told = () => slack.directMessages(ana).map(one => readableText(one));
  const before = told().length;
  slack.fail({ method: 'files.completeUploadExternal', error: 'file_upload_failed' });
  const first = await say(ana, 'me export');
  await slack.until(() => told().some(one => one.includes('belum terkirim')), 'the word that it is missing');
  expect(told()).toHaveLength(before + 1);
  // The answer where it was asked for says so as well, and shows no file.
  expect(first.text).toContain('belum terkirim');
  expect(first.text).not.toContain('📎');
  const lost = slack.directMessages(ana).at(-1)!;
  slack.click(lost, 'Kirim ulang', ana);
  await slack.until(() => slack.uploads.some(one => one.shared.length > 0), 'the file');
  expect(slack.uploads.find(one => one.shared.length > 0)?.name).toBe('rembug.json');
  expect(app.logged.filter(line => !line.includes('slack file was not delivered'))).toEqual([]);
});
