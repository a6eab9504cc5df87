import { expect, it } from 'vitest';
import { startBrowser } from './browser.ts';

it('a real Chromium draws a page, and reaches nothing but this machine', async () => {
  await using browser = await startBrowser();
  const page = await browser.newPage();
  await page.setContent('<h1 id="a">Rembug ● ▲ ■</h1>');
  expect(await page.locator('#a').innerText()).toBe('Rembug ● ▲ ■');
  expect((await page.screenshot()).subarray(1, 4).toString()).toBe('PNG');
  await expect(page.goto('http://example.org/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
});
