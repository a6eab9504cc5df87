import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { referenceOf } from '../../src/bot/act-log.ts';
import { createLog, logging, unquoted } from '../../src/contract/log.ts';
import { openStore } from '../../src/storage/open.ts';
import { newPostgresUrl } from '../databases.ts';
import { bothPlatforms } from '../platforms/apps.ts';
import { newFolder } from '../program.ts';
import { until } from '../until.ts';
import { aWorld, START } from '../world.ts';

/** Words that nobody else writes; wherever one is found, something typed was logged. */
const TYPED = ['Rahasiaku7', 'kata"Kunci8', "tanda'Petik9", 'baris\nBaru10'];
const WORDS = ['Rahasiaku7', 'Kunci8', 'Petik9', 'Baru10'];

const entries = (logged: readonly string[]) => logged.map(line => JSON.parse(line) as Record<string, unknown>);

describe('logs', () => {
  it('at debug level hold nothing that was typed on either platform, no token, and no way to answer for the bot', async () => {
    await using app = await bothPlatforms({ level: 'debug' });
    const { discord, slack, logged } = app;
    const secrets: string[] = [discord.token, slack.team.token, slack.appToken];
    const ana = discord.addUser('Ana');
    const guild = discord.addGuild({ name: 'Forum', members: [ana] });
    const channel = discord.addChannel({ guild, name: 'umum' });
    const slash = (name: string, subcommand: string, options: Record<string, unknown>) => {
      const exchange = discord.slash({
        channel,
        user: ana,
        name,
        subcommand,
        options: options as never,
        permissions: ['ManageGuild'],
      });
      secrets.push(exchange.parts.token);
      return exchange;
    };
    await slash('forum', 'setup', { name: 'Uji', announce: channel }).answered();
    for (const typed of TYPED) {
      await slash('issue', 'raise', { title: typed, detail: typed }).answered();
      await slash('goal', 'show', { goal: typed }).answered();
      await slash('indicator', 'report', { indicator: typed, value: typed }).answered();
    }
    discord.fail({ method: 'POST', route: '/interactions/', code: 10062 });
    slash('activity', 'log', { title: TYPED[0]! });
    await discord.until(() => discord.directMessages(ana).length === 1, 'the direct message');
    discord.fail({ method: 'POST', route: '/interactions/', status: 400 });
    slash('activity', 'log', { title: TYPED[1]! });
    await until(() => logged.some(line => line.includes('interaction failed')), 'the failure in the log');

    const budi = slack.addUser('Budi', { admin: true });
    const room = slack.addChannel('ruang', { members: [budi] });
    const command = (text: string) => {
      const exchange = slack.command({ channel: room, user: budi, command: '/rembug', text });
      secrets.push(String(exchange.payload.response_url), String(exchange.payload.trigger_id));
      return exchange;
    };
    await command('forum setup Lain').answered();
    for (const typed of TYPED) {
      await command(`isu laporkan ${JSON.stringify(typed)} detail:${JSON.stringify(typed)}`).answered();
      await command(`${typed} ${typed}`).answered();
      await command(`tujuan lihat ${typed}`).answered();
    }
    slack.expireResponseUrl(command(`kegiatan catat ${TYPED[0]}`));
    await slack.until(() => slack.directMessages(budi).length > 0);

    const all = logged.join('\n');
    expect(entries(logged).filter(line => line.message === 'act').length).toBeGreaterThan(20);
    expect(WORDS.filter(word => all.includes(word))).toEqual([]);
    expect(secrets.filter(secret => all.includes(secret))).toEqual([]);
    expect(all).not.toMatch(/\/commands\/|trigger/);
    const act = entries(logged).find(line => line.message === 'interaction failed')!.act;
    expect(entries(logged).filter(line => line.act === act && line.message === 'act')).toHaveLength(1);
  });

  it.each([
    ['sqlite', async () => `file:${join(newFolder(), 'x.db')}`],
    ['postgres', newPostgresUrl],
  ])(
    'a failure of the database on %s is logged with its code, and without the values of the query',
    async (name, newUrl) => {
      const url = await newUrl();
      await using world = await aWorld({ store: await openStore(url) });
      await world.all('/forum setup Uji');
      if (name === 'sqlite')
        new Database(url.slice(5)).exec("CREATE TRIGGER t BEFORE INSERT ON goals BEGIN SELECT RAISE(ABORT, 'no'); END");
      else {
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        await client.query('ALTER TABLE goals DROP COLUMN outcome');
        await client.end();
      }
      const refused = await world.run('/goal add Rahasiaku7 description:"Kunci8"');
      const [line] = entries(world.logged);
      expect(line).toMatchObject({ level: 'error', message: 'act failed', action: 'ga' });
      expect(refused.text).toContain(line!.act);
      // From the reference to the rows, as docs/troubleshooting.md says: the forum's, and none of this act.
      const { forums, acts } = world.store.tables;
      const [forum] = await world.store.read.select().from(forums);
      expect(line!.forum).toBe(forum!.id);
      const kept = await world.store.read.select().from(acts);
      expect(kept.map(one => referenceOf(one))).not.toContain(line!.act);
      expect(kept.length).toBe(1);
      expect(JSON.stringify(line)).toMatch(/42703|SQLITE_CONSTRAINT/);
      expect(world.logged.join()).not.toMatch(/Rahasiaku7|Kunci8/);
    },
  );

  it('what drivers and parsers quote is left out, and secrets are wherever they stand', () => {
    expect(unquoted('Failed query: insert into x values ($1)\nparams: Rahasiaku7')).toBe('Failed query');
    let parse = '';
    try {
      JSON.parse('{"a": Rahasiaku7 "b"}');
    } catch (error) {
      parse = unquoted((error as Error).message);
    }
    expect(parse).not.toContain('ahasiaku7');
    expect(unquoted("Cannot read properties of undefined (reading 'name')")).toContain("'name'");
    const lines: string[] = [];
    const log = createLog(
      { level: 'debug', format: 'json' },
      () => START,
      line => lines.push(line),
    );
    const secrets = [
      'xoxb-1-2-abc',
      'xapp-1-A-abc',
      `${'M'.repeat(24)}.${'g'.repeat(6)}.${'h'.repeat(30)}`,
      'https://hooks.slack.com/commands/T1/2/xyz',
      'https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb246MTIz/messages',
      'wss://wss-primary.slack.com/link/?ticket=abc',
      '1234567.8901234.0123456789abcdef0123',
      'postgres://rembug:kunci@host/db',
      'https://cdn.discordapp.com/attachments/1/2/a.png?ex=1&hm=2',
    ];
    for (const secret of secrets) log.warn(`x ${secret} y`, { secret, error: new Error(secret) });
    for (const part of [
      'xoxb-1',
      'xapp-1',
      'MMMM',
      'T1/2/xyz',
      'aW50ZX',
      'ticket',
      '0123456789abcdef',
      'kunci',
      'hm=2',
    ])
      expect(lines.join('\n'), part).not.toContain(part);
  });

  it('lines carry the fields of the work they belong to, and work apart carries none of them', async () => {
    const lines: string[] = [];
    const log = createLog(
      { level: 'info', format: 'json' },
      () => START,
      line => lines.push(line),
    );
    await logging({ act: 'A' }, async () => {
      await Promise.resolve();
      log.info('inside');
      await logging({}, async () => log.info('apart'));
    });
    log.info('outside');
    expect(entries(lines).map(line => line.act)).toEqual(['A', undefined, undefined]);
  });
});
