import { expect, it } from 'vitest';
import { LruCache } from '../../src/runtime/lru-cache.ts';

const thing = (bytes: number, name = '') => ({ bytes, name });

it('what was asked for last stays, up to so many bytes', async () => {
  const shelf = new LruCache<{ bytes: number; name: string }>(100);
  const made: string[] = [];
  const get = (key: string, bytes = 40) =>
    shelf.get(key, async () => {
      made.push(key);
      return thing(bytes);
    });
  await get('a');
  await get('b');
  await get('a');
  // The third pushes out `b`, which was asked for longest ago.
  await get('c');
  await get('a');
  await get('b');
  expect(made).toEqual(['a', 'b', 'c', 'b']);
  // What takes more than half of the room is given and not kept.
  await get('large', 60);
  await get('large', 60);
  expect(made.filter(key => key === 'large')).toHaveLength(2);
});

it('who asks while it is being made gets the same; what failed is made anew', async () => {
  const shelf = new LruCache<{ bytes: number; name: string }>(100);
  let made = 0;
  const make = async () => thing(1, String(++made));
  const [one, two] = await Promise.all([shelf.get('a', make), shelf.get('a', make)]);
  expect([one.name, two]).toEqual(['1', one]);
  await expect(shelf.get('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect((await shelf.get('b', make)).name).toBe('2');
});
