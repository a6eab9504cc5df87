import type { webApi } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from './slack/model.ts';
import { refusal } from './slack/outcome.ts';
import {
  actions,
  button,
  confirm,
  dataTable,
  input,
  long,
  menu,
  option,
  pie,
  plain,
  row,
  section,
  table,
  times,
} from './slack/samples.ts';
import type { Slack } from './slack/slack.ts';
import { aClient, closeAll } from './slack/started.ts';

let slack: Slack;
let client: webApi.WebClient;
let channel: Channel;

beforeAll(async () => {
  ({ slack, client, channel } = await aClient());
});

afterAll(closeAll);

const call = (method: string, args: object) => refusal(client.apiCall(method, { ...args }));
const post = (...blocks: object[]) => call('chat.postMessage', { channel: channel.id, text: 'a', blocks });

describe('messages with', () => {
  it.each<[string, object[], string]>([
    ['50 blocks', times(50, () => section('a')), 'accepted'],
    ['51 blocks', times(51, () => section('a')), '/blocks]'],
    ['3,000 characters in a section', [section(long(3000))], 'accepted'],
    [
      '3,001 characters in a section',
      [section(long(3001))],
      'less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['an empty section', [section('')], 'more than 0 characters'],
    ['a section without text', [{ type: 'section' }], 'missing required field: text'],
    ['11 fields', [{ type: 'section', fields: times(11, () => plain('a')) }], 'no more than 10 items allowed'],
    ['a field of 2,001', [{ type: 'section', fields: [plain(long(2001))] }], '/fields/0/text]'],
    ['a header of 150', [{ type: 'header', text: plain(long(150)) }], 'accepted'],
    ['a header of 151', [{ type: 'header', text: plain(long(151)) }], 'less than 151'],
    ['markup in a header', [{ type: 'header', text: { type: 'mrkdwn', text: 'a' } }], 'must be plain_text'],
    ['11 items of context', [{ type: 'context', elements: times(11, () => plain('a')) }], 'no more than 10'],
    ['a button in context', [{ type: 'context', elements: [button()] }], 'unsupported type: button'],
    ['25 buttons', [actions(...times(25, i => button({}, `b${i}`)))], 'accepted'],
    ['26 buttons', [actions(...times(26, i => button({}, `b${i}`)))], 'no more than 25'],
    ['an action_id twice', [actions(button()), actions(button())], '`action_id` "b" already exists'],
    ['an action_id of 256', [actions(button({}, long(256)))], '/action_id]'],
    [
      'a block_id twice',
      [
        { ...section('a'), block_id: 'x' },
        { ...section('b'), block_id: 'x' },
      ],
      '`block_id` "x"',
    ],
    ['a block_id of 256', [{ ...section('a'), block_id: long(256) }], '/block_id]'],
    ['a button text of 76', [actions(button({ text: plain(long(76)) }))], '/text/text]'],
    ['a button value of 2,001', [actions(button({ value: long(2001) }))], '/value]'],
    ['a button address of 3,001', [actions(button({ url: long(3001) }))], '/url]'],
    ['a button in a strange colour', [actions(button({ style: 'default' }))], '/style]'],
    ['an accessibility label of 76', [actions(button({ accessibility_label: long(76) }))], '/accessibility_label]'],
    ['a question of 301', [actions(button({ confirm: confirm({ text: plain(long(301)) }) }))], '/confirm/text/text]'],
    [
      'a question entitled by 101',
      [actions(button({ confirm: confirm({ title: plain(long(101)) }) }))],
      '/title/text]',
    ],
    ['an answer of 31', [actions(button({ confirm: confirm({ deny: plain(long(31)) }) }))], '/deny/text]'],
    ['100 options', [actions(menu({ options: times(100, i => option(`${i}`)) }))], 'accepted'],
    ['101 options', [actions(menu({ options: times(101, i => option(`${i}`)) }))], 'no more than 100'],
    ['no options', [actions(menu({ options: [] }))], 'no fewer than 1'],
    ['an option text of 76', [actions(menu({ options: [option('1', long(76))] }))], '/options/0/text/text]'],
    ['an option value of 151', [actions(menu({ options: [option(long(151))] }))], '/options/0/value]'],
    [
      'an option described by 76',
      [actions(menu({ options: [{ ...option('1'), description: plain(long(76)) }] }))],
      '/description/text]',
    ],
    [
      'a choice that is no option',
      [actions(menu({ options: [option('1')], initial_option: option('2') }))],
      'provided options',
    ],
    [
      'a placeholder of 151',
      [actions(menu({ options: [option('1')], placeholder: plain(long(151)) }))],
      '/placeholder/text]',
    ],
    [
      '6 options in an overflow',
      [actions({ type: 'overflow', action_id: 'o', options: times(6, i => option(`${i}`)) })],
      'no more than 5',
    ],
    [
      '11 boxes',
      [actions({ type: 'checkboxes', action_id: 'o', options: times(11, i => option(`${i}`)) })],
      'no more than 10',
    ],
    [
      'a picture without words',
      [{ type: 'image', image_url: 'https://a.id/a.png' }],
      'missing required field: alt_text',
    ],
    ['markdown of 12,001 in all', times(2, i => ({ type: 'markdown', text: long(6000 + i) })), '12001'],
    ['rich text without content', [{ type: 'rich_text', elements: [] }], 'no fewer than 1'],
    [
      'an unknown kind of rich text',
      [{ type: 'rich_text', elements: [{ type: 'rich_text_verse', elements: [] }] }],
      'unsupported type',
    ],
    ['a table of 100 rows', [table(times(100, () => row('a')))], 'accepted'],
    ['a table of 101 rows', [table(times(101, () => row('a')))], 'no more than 100'],
    ['a table of 21 columns', [table([row(...times(21, () => 'a'))])], 'no more than 20'],
    ['a table of 10,001 characters', [table(times(11, i => row(long(i === 10 ? 1 : 1000))))], 'less than 10001'],
    ['an empty cell', [table([row('')])], 'more than 0 characters'],
    ['a data table', [dataTable({})], 'accepted'],
    ['a data table with its head alone', [dataTable({ rows: [row('A')] })], 'no fewer than 2'],
    ['a data table without a caption', [dataTable({ caption: undefined })], 'missing required field: caption'],
    ['two charts', [pie(2), pie(12)], 'accepted'],
    ['three charts', [pie(2), pie(2), pie(2)], 'too many data_visualization'],
    ['a pie of 13', [pie(13)], 'no more than 12'],
    ['a card of 201', [{ type: 'card', body: plain(long(201)) }], '/body/text]'],
    ['a card whose title is bare', [{ type: 'card', title: 'Isu' }], 'must provide an object'],
    ['an alert', [{ type: 'alert', text: plain('a') }], 'unsupported type: alert'],
    ['a property Slack does not know', [{ ...section('a'), color: 'red' }], 'invalid additional property: color'],
    ['an input for files', [input({ type: 'file_input', action_id: 'f' })], 'unsupported type: file_input'],
  ])('%s', async (_, blocks, expected) => {
    const { code, where } = await post(...blocks);
    if (expected === 'accepted') expect([code, where]).toEqual(['accepted', '']);
    else expect({ code, where }).toEqual({ code: 'invalid_blocks', where: expect.stringContaining(expected) });
  });

  it('two tables are refused as invalid_attachments', async () => {
    expect((await post(table([row('a')]), table([row('b')]))).code).toBe('invalid_attachments');
  });

  it('nothing to say are refused as no_text', async () => {
    expect((await call('chat.postMessage', { channel: channel.id, text: '' })).code).toBe('no_text');
  });

  it('blocks that are no list are refused as invalid_blocks_format', async () => {
    expect((await call('chat.postMessage', { channel: channel.id, blocks: '{' })).code).toBe('invalid_blocks_format');
  });

  it('4,001 characters are refused on an update, and taken in a post', async () => {
    const sent = await client.chat.postMessage({ channel: channel.id, text: long(4001) });
    const args = { channel: channel.id, ts: sent.ts, text: long(4001) };
    expect((await call('chat.update', args)).code).toBe('msg_too_long');
  });

  it('more than 40,000 characters are cut off, which no test overlooks', async () => {
    const sent = await client.chat.postMessage({ channel: channel.id, text: long(40_001) });
    expect([sent.message?.text?.length, slack.failures.at(-1)]).toEqual([40_000, expect.stringContaining('cut off')]);
  });

  it('metadata without a type are refused', async () => {
    const args = { channel: channel.id, text: 'a', metadata: { event_payload: {} } };
    expect((await call('chat.postMessage', args)).code).toBe('invalid_metadata_format');
  });
});

it('what was refused is found among the failures', async () => {
  const before = slack.failures.length;
  await post(section(''));
  await call('chat.postMassage', {});
  expect(slack.failures.slice(before)).toEqual([
    expect.stringMatching(/^chat\.postMessage was refused: invalid_blocks: /),
    'chat.postMassage was refused: unknown_method',
  ]);
});
