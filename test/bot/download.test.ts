import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { download, isOnHosts, NotDownloaded } from '../../src/adapter-kit/download.ts';

const HOSTS = ['files.example.com'];
const signal = new AbortController().signal;

it('W4: only files of the platform are fetched, by HTTPS, on no other port', () => {
  const ours = (address: string) => isOnHosts(new URL(address), HOSTS, undefined);
  expect(ours('https://files.example.com/a.pdf')).toBe(true);
  for (const address of [
    'http://files.example.com/a.pdf',
    'https://files.example.com:8443/a.pdf',
    'https://files.example.com.evil.test/a.pdf',
    'https://evil.test/files.example.com',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/a.pdf',
    'file:///etc/passwd',
  ])
    expect(ours(address), address).toBe(false);
  // A stand-in for development answers on its own host.
  expect(isOnHosts(new URL('http://127.0.0.1:4000/cdn/a'), HOSTS, 'http://127.0.0.1:3000/api')).toBe(true);
});

it('W4: no redirect is followed, no page for logging in is taken for a file, and no address with a password is asked', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/moved') response.writeHead(302, { location: '/inside' }).end();
    else if (request.url === '/login') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    else response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF');
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const get = (path: string, isOurs = true) =>
    download(`http://127.0.0.1:${port}${path}`, { isOurs: () => isOurs, signal, type: 'application/pdf' });
  try {
    await expect(get('/moved')).rejects.toThrow(NotDownloaded);
    await expect(get('/login')).rejects.toThrow('a page');
    await expect(get('/a.pdf', false)).rejects.toThrow(NotDownloaded);
    const named = { isOurs: () => true, signal, type: '' };
    await expect(download(`http://a:b@127.0.0.1:${port}/a.pdf`, named)).rejects.toThrow(NotDownloaded);
    let text = '';
    for await (const part of await get('/a.pdf')) text += Buffer.from(part).toString();
    expect(text).toBe('%PDF');
    expect(asked).toEqual(['/moved', '/login', '/a.pdf']);
  } finally {
    server.close();
  }
});
