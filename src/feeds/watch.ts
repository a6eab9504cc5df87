import type { Clock } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import { noteFault, noteRead, takeTurn } from '../domain/warnings/feeds.ts';
import { keyText, watching } from '../domain/warnings/offers.ts';
import { readXml } from '../language/xml-reader.ts';
import { BoundedMap } from '../runtime/bounded-map.ts';
import type { Store } from '../storage/store.ts';
import { FeedFault, fetchDocument, NO_VERSION, type Version } from './fetch.ts';
import { type LiveAlert, offerAlerts } from './offer.ts';
import { endOf } from './offered.ts';
import { placeOf } from './place.ts';
import { type CapAlert, readCap } from './read-cap.ts';
import { type Entry, entriesOf, readingXml } from './read-feed.ts';

export interface WatchDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Addresses that the operator allows. */
  readonly feeds: readonly string[];
  /** Name that we give to servers. */
  readonly agent: string;
  /** Ends what takes longer than so many ms. */
  readonly deadline?: (ms: number) => AbortSignal;
}

/** Maximum time for one document, ms. */
const DOCUMENT_MS = 20_000;
/** Maximum number of messages that are fetched in one turn: BMKG takes sixty questions a minute. */
const MESSAGES_A_TURN = 30;
/** Maximum number of messages of a feed that are remembered. */
const REMEMBERED = 500;
/** Minutes for which a message that could not be read rests, by how often it was tried. */
const REST_MINUTES = [1, 5, 30, 120];
const MINUTE_MS = 60_000;
/** Maximum number of messages that are named in a fault, and its maximum length, characters. */
const SHOWN_FAULTS = 3;
const FAULT_LENGTH = 500;

type Message =
  | { readonly alert: LiveAlert }
  | { readonly tries: number; readonly restsUntil: number; readonly fault: string };

/** Memory that this process has of a feed; how the feed fares is in the database. */
interface FeedMemory {
  version: Version;
  entries: readonly Entry[];
  readonly messages: BoundedMap<string, Message>;
}

const placed = async (alert: CapAlert): Promise<LiveAlert> => ({ alert, placed: await placeOf(alert) });

const entryKey = ({ address, version }: Entry): string => `${address} ${version}`;

/**
 * Watches the feeds of agencies' alerts that forums want: each at most once a minute, by one process of several, with
 * conditional requests. A feed that fails rests longer each time, and disturbs neither the others nor anything else.
 */
export function createWatch({ store, clock, log, feeds, agent, deadline = AbortSignal.timeout }: WatchDeps) {
  const memories = new Map<string, FeedMemory>();
  const ending = new AbortController();

  const memoryOf = (address: string): FeedMemory => {
    const found = memories.get(address);
    if (found) return found;
    const made = { version: NO_VERSION, entries: [], messages: new BoundedMap<string, Message>(REMEMBERED) };
    memories.set(address, made);
    return made;
  };

  const fetched = (address: string, version: Version) =>
    fetchDocument(address, {
      version,
      agent,
      now: clock.now(),
      signal: AbortSignal.any([ending.signal, deadline(DOCUMENT_MS)]),
    });

  /** Fetches a message, and keeps it or why it could not be read. */
  async function readMessage(entry: Entry, { messages }: FeedMemory): Promise<void> {
    const key = entryKey(entry);
    const before = messages.get(key);
    try {
      const got = await fetched(entry.address, NO_VERSION);
      if (got === 'unchanged') throw new FeedFault('status', 'HTTP 304');
      messages.set(key, { alert: await placed(readingXml(() => readCap(readXml(got.text)))) });
    } catch (error) {
      if (!(error instanceof FeedFault)) throw error;
      const tries = before && 'tries' in before ? before.tries + 1 : 1;
      const minutes = REST_MINUTES[Math.min(tries, REST_MINUTES.length) - 1]!;
      const restsUntil = clock.now().getTime() + minutes * MINUTE_MS;
      messages.set(key, { tries, restsUntil, fault: `${entry.address}: ${error.reason} (${error.message})` });
    }
  }

  /**
   * Brings what is remembered of a feed up to date. Returns which of its messages cannot be read; null: all can.
   * @throws FeedFault where the feed itself cannot be.
   */
  async function refresh(address: string, memory: FeedMemory): Promise<string | null> {
    const got = await fetched(address, memory.version);
    if (got !== 'unchanged') {
      const root = readingXml(() => readXml(got.text));
      // An address may hold one message instead of a list.
      if (root.name === 'alert') {
        const alert = readCap(root);
        const entry = { address, version: keyText(alert) };
        memory.messages.set(entryKey(entry), { alert: await placed(alert) });
        memory.entries = [entry];
      } else memory.entries = entriesOf(root, address);
      memory.version = got.version;
    }
    const now = clock.now().getTime();
    const due = memory.entries.filter(entry => {
      const message = memory.messages.get(entryKey(entry));
      return !message || ('tries' in message && message.restsUntil <= now);
    });
    for (const entry of due.slice(0, MESSAGES_A_TURN)) {
      if (ending.signal.aborted) return null;
      await readMessage(entry, memory);
    }
    const faults = memory.entries.flatMap(entry => {
      const message = memory.messages.get(entryKey(entry));
      return message && 'fault' in message ? [message.fault] : [];
    });
    return faults.length ? faults.slice(0, SHOWN_FAULTS).join('; ') : null;
  }

  /** The alerts of a feed that are remembered and still hold. */
  function liveOf(address: string): LiveAlert[] {
    const { entries, messages } = memoryOf(address);
    return entries.flatMap(entry => {
      const message = messages.get(entryKey(entry));
      return message && 'alert' in message && endOf(message.alert.alert) > clock.now() ? [message.alert] : [];
    });
  }

  async function readFeed(address: string): Promise<void> {
    const now = clock.now();
    if (!(await store.write(null, tx => takeTurn(tx, address, now)))) return;
    try {
      const fault = await refresh(address, memoryOf(address));
      await store.write(null, tx => noteRead(tx, address, fault?.slice(0, FAULT_LENGTH) ?? null, now));
    } catch (error) {
      if (ending.signal.aborted) return;
      if (!(error instanceof FeedFault)) throw error;
      log.warn('feed of alerts not read', { feed: address, reason: error.reason, detail: error.message });
      const fault = {
        text: `${error.reason}: ${error.message}`.slice(0, FAULT_LENGTH),
        retryAfterMs: error.retryAfterMs,
      };
      await store.write(null, tx => noteFault(tx, address, fault, now));
    }
  }

  /** Reads the feeds whose turn it is, and offers what is new. Returns how many alerts were offered. */
  async function pass(): Promise<number> {
    if (!feeds.length) return 0;
    const forums = await watching(store.read, feeds);
    const wanted = feeds.filter(feed => forums.some(forum => forum.settings.alertFeeds?.includes(feed)));
    await Promise.all(
      wanted.map(address => readFeed(address).catch(error => log.error('feed of alerts failed', { address, error }))),
    );
    let offered = 0;
    for (const forum of forums) {
      const live = wanted.filter(feed => forum.settings.alertFeeds?.includes(feed)).flatMap(liveOf);
      const once = [...new Map(live.map(one => [keyText(one.alert), one])).values()];
      try {
        offered += await offerAlerts(store, forum, once, clock.now());
      } catch (error) {
        log.error('alerts not offered', { forum: forum.id, error });
      }
    }
    return offered;
  }

  return {
    pass,
    /** Gives up what is under way. */
    stop: (): void => ending.abort(),
  };
}
