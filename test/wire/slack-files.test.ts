import { expect, it } from 'vitest';
import { aSlackApp, widened } from '../slack/app.ts';
import { renderFile } from './slack/render.ts';
import { checkSlackFiles } from './slack/slack-files.ts';

it('S6: the stand-in refuses a link to a file that its uploader alone can open, and no answer of ours has one', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  const form = await say(ana, 'kegiatan catat');
  const bytes = Buffer.from('%PDF-1.7 notulen');
  await widened(slack, form.view, ana);
  await slack.submitView(form.view, { title: 'Rapat', evidence: [{ filename: 'notulen.pdf', bytes }] }, ana).answered();
  const [file] = [...slack.world.files.values()];
  const text = String(renderFile(file!, slack.api).url_private);
  const linked = [{ type: 'section', text: { type: 'mrkdwn', text } }];
  expect(() => checkSlackFiles(slack.world, slack.team, linked)).toThrow('invalid_blocks');
  expect((await say(ana, 'kegiatan lihat K-1')).text).toContain('notulen.pdf');
  expect([slack.failures, app.logged]).toEqual([[], []]);
});
