import { setTimeout as pause } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { steadyMs, wallMs } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import type { Division, Pieces, Sharing } from '../contract/sharing.ts';
import type { Store, Tx } from '../storage/store.ts';
import { fairShareOf } from './fair-share.ts';
import { activeLeases, forgetLeases, release, releaseAll, renew, take } from './leases.ts';

/** Durations of leases; the values in production are `TEMPO`. */
export interface Tempo {
  /** A lease holds this long. */
  readonly leaseMs: number;
  /** Interval at which a lease is renewed, and the work looked at anew, ms. */
  readonly turnMs: number;
  /** A holder that could not renew stops this long before its lease can end. */
  readonly safetyMs: number;
}

/** Durations in production: what a dead process held is free after twelve seconds, and taken within three more. */
const TEMPO: Tempo = { leaseMs: 12_000, turnMs: 3_000, safetyMs: 3_000 };

interface Crew {
  readonly store: Store;
  readonly log: Log;
  /** Name of this process; sorts by when it began. */
  readonly holder: string;
  readonly tempo?: Tempo;
  /** A steady clock, which may stand still while the machine sleeps, and the one on the wall, which does not; ms. */
  readonly clocks?: readonly [steady: () => number, wall: () => number];
}

/** Several processes on one database: pieces of work are held by lease. */
export function leased(crew: Crew): Sharing {
  return {
    divide: (work, pieces) => divide(crew, work, pieces),
    async turn(what, everyMs, signal) {
      for (;;) {
        const mine = await crew.store.write(null, tx => take(tx, `turn/${what}`, crew.holder, everyMs));
        if (mine) return;
        // Not all at once when it is free.
        await pause(200 + Math.random() * 300, undefined, { ...(signal && { signal }) });
      }
    },
  };
}

/**
 * Holds a fair part of a work. Each turn says in one unit of work that this process lives, renews what it holds, and
 * takes what is free up to its share. The end of a lease is written by the database's clock after the turn began; the
 * holder counts from that beginning by its own steady clock and stops earlier: so whatever the clocks on the wall say,
 * and whether or not the database answers, it has stopped before another may begin.
 */
async function divide(crew: Crew, work: string, pieces: Pieces): Promise<Division> {
  const { store, log, holder, tempo = TEMPO, clocks = [steadyMs, wallMs] } = crew;
  const { leaseMs, turnMs, safetyMs } = tempo;
  const held = new Set<number>();
  /** Pieces being dropped: until nothing is done with one any more it is not taken again. */
  const leaving = new Map<number, Promise<void>>();
  let backAt = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let known = 0;
  let ending: NodeJS.Timeout | undefined;
  let next: NodeJS.Timeout | undefined;
  let busy: Promise<void> = Promise.resolve();

  const drop = (piece: number): Promise<void> => {
    held.delete(piece);
    const left =
      leaving.get(piece) ??
      pieces
        .drop(piece)
        .catch(error => log.error('piece was not dropped', { work, piece, error }))
        .finally(() => leaving.delete(piece));
    leaving.set(piece, left);
    return left;
  };
  const nameOf = (piece: number): string => `${work}/piece/${piece}`;

  async function turn(wanted: number): Promise<void> {
    const began = clocks.map(clock => clock());
    if (began[0]! < backAt) return stand();
    const inTime = (): boolean => clocks.every((clock, n) => clock() < began[n]! + leaseMs - safetyMs);
    const { total, mine, share } = await store.write(`leases:${work}`, tx => agree(tx, work, holder, wanted, leaseMs));
    known = total;
    clearTimeout(ending);
    ending = setTimeout(
      () => {
        if (held.size) log.warn('leases could not be renewed: what was held is dropped', { work });
        for (const piece of [...held]) void drop(piece);
      },
      Math.max(0, began[0]! + leaseMs - safetyMs - clocks[0]()),
    );
    const lost = [...held].filter(piece => !mine.includes(piece)).map(drop);
    const excess = mine.slice(share);
    for (const piece of mine.slice(0, share)) {
      // A lease that cannot be taken now is still ours, and taken in the next turn.
      if (held.has(piece) || leaving.has(piece) || stopped || !inTime()) continue;
      held.add(piece);
      log.info('piece taken', { work, piece, of: total });
      pieces.take(piece, total);
    }
    const given = excess.map(async piece => {
      await drop(piece);
      await store.write(null, tx => release(tx, nameOf(piece), holder));
      log.info('piece given away', { work, piece, of: total });
    });
    await Promise.all([...lost, ...given]);
  }

  /** Leaves all to the others for now. */
  async function stand(): Promise<void> {
    if (!held.size) return;
    await Promise.all([...held].map(drop));
    await store.write(null, tx => releaseAll(tx, `${work}/`, holder));
    log.warn('all pieces are left to others for a while', { work });
  }

  const wanted = await pieces.wanted();
  await turn(wanted);
  if (known !== wanted) log.warn('another number holds until all processes have ended', { work, known, wanted });
  const again = (): void => {
    next = setTimeout(
      () => {
        busy = turn(wanted)
          .catch(error => log.warn('leases were not renewed', { work, error }))
          .finally(() => stopped || again());
      },
      turnMs * (0.9 + Math.random() * 0.2),
    );
  };
  again();
  return {
    stepBack(forMs) {
      backAt = clocks[0]() + forMs;
    },
    async stop() {
      stopped = true;
      clearTimeout(next);
      await Promise.all([...held].map(drop));
      await busy;
      await Promise.all(leaving.values());
      clearTimeout(ending);
      await store.write(null, tx => releaseAll(tx, `${work}/`, holder));
    },
  };
}

/** One turn in the database: how many pieces there are, which are ours now, and how many should be. */
async function agree(tx: Tx, work: string, holder: string, wanted: number, leaseMs: number) {
  const [crewOf, pieceOf] = [`${work}/process/`, `${work}/piece/`];
  await forgetLeases(tx);
  const renewed = await renew(tx, `${work}/`, holder, leaseMs);
  if (!renewed.includes(`${crewOf}${holder}`)) await take(tx, `${crewOf}${holder}`, holder, leaseMs);
  const crew = (await activeLeases(tx, crewOf)).map(one => one.holder);
  const taken = (await activeLeases(tx, pieceOf)).map(one => one.name);
  const total = await agreeOnTotal(tx, work, wanted, taken.length === 0);
  const share = fairShareOf(total, crew, holder);
  const numberOf = (name: string): number => Number(name.slice(pieceOf.length));
  const mine = renewed.filter(name => name.startsWith(pieceOf)).map(numberOf);
  for (let piece = 0; piece < total && mine.length < share; piece++) {
    const name = `${pieceOf}${piece}`;
    if (!taken.includes(name) && (await take(tx, name, holder, leaseMs))) mine.push(piece);
  }
  return { total, share, mine: mine.sort((a, b) => a - b) };
}

/** The number that all agree upon: it changes only while nobody holds a piece of another. */
async function agreeOnTotal(tx: Tx, work: string, wanted: number, isFree: boolean): Promise<number> {
  const { facts: f } = tx.tables;
  const name = `${work}-pieces`;
  const [row] = await tx.select().from(f).where(eq(f.name, name));
  if (row && (!isFree || row.value === String(wanted))) return Number(row.value);
  const value = String(wanted);
  await tx.insert(f).values({ name, value }).onConflictDoUpdate({ target: f.name, set: { value } });
  return wanted;
}
