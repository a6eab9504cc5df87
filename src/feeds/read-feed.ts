import { childrenOf, textIn, type XmlElement, XmlFault } from '../language/xml-reader.ts';
import { FeedFault, isSameOrigin } from './fetch.ts';

/** An alert that a feed lists: where its message stands, and which version of it. */
export interface Entry {
  readonly address: string;
  /** Changes where the feed says that the message did. */
  readonly version: string;
}

/** Maximum number of entries that are looked at, the first of the feed. */
const MAXIMUM_ENTRIES = 200;

/** Picks the link of an Atom entry that leads to the message itself. */
function atomLink(entry: XmlElement): string | null {
  const links = childrenOf(entry, 'link').filter(one => (one.attributes.rel ?? 'alternate') === 'alternate');
  const best = links.find(one => one.attributes.type === 'application/cap+xml') ?? links[0];
  return best?.attributes.href ?? null;
}

/**
 * Lists the alerts of a feed in RSS, as BMKG's, or in Atom; messages on other hosts are left out.
 * @throws FeedFault `not_cap` where it is neither.
 */
export function entriesOf(feed: XmlElement, address: string): Entry[] {
  const channel = childrenOf(feed, 'channel')[0];
  const listed =
    feed.name === 'rss' && channel
      ? childrenOf(channel, 'item').map(item => [textIn(item, 'link'), textIn(item, 'pubDate') ?? textIn(item, 'guid')])
      : feed.name === 'feed'
        ? childrenOf(feed, 'entry').map(entry => [atomLink(entry), textIn(entry, 'updated')])
        : null;
  if (!listed) throw new FeedFault('not_cap', `neither RSS, Atom nor CAP: ${feed.name}`);
  const entries = new Map<string, Entry>();
  for (const [link, version] of listed.slice(0, MAXIMUM_ENTRIES)) {
    const at = link && URL.canParse(link, address) ? new URL(link, address).href : null;
    if (at && isSameOrigin(at, address)) entries.set(at, { address: at, version: version ?? '' });
  }
  return [...entries.values()];
}

/** Runs a reader of XML, so that what is not XML is a fault of the feed. */
export function readingXml<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof XmlFault) throw new FeedFault('not_xml', error.message);
    throw error;
  }
}
