/** Faults of a database that an operator can mend; `uncertain`: nobody can tell whether the last unit was committed. */
export type FaultCode =
  | 'locked'
  | 'readonly'
  | 'full'
  | 'corrupt'
  | 'altered'
  | 'newer'
  | 'unreachable'
  | 'forbidden'
  | 'pooler'
  | 'busy'
  | 'uncertain'
  | 'half'
  | 'missing'
  | 'folder'
  | 'exists'
  | 'taken';

/** The database cannot be used as it is: told apart by the drivers' codes, never by their words. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
  readonly code: FaultCode;
  /** The line that an operator types to mend it, where there is one. */
  readonly remedy: string | null;

  constructor(code: FaultCode, detail: string, cause?: unknown, remedy: string | null = null) {
    super(detail, { cause });
    this.code = code;
    this.remedy = remedy;
  }
}

const BY_CODE: readonly (readonly [prefix: string, code: FaultCode])[] = [
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_READONLY', 'readonly'],
  ['SQLITE_PERM', 'readonly'],
  ['SQLITE_CANTOPEN', 'readonly'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR', 'full'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['EACCES', 'readonly'],
  ['EPERM', 'readonly'],
  ['EROFS', 'readonly'],
  ['EEXIST', 'readonly'],
  ['EISDIR', 'folder'],
  ['ENOTDIR', 'readonly'],
  ['ENOENT', 'readonly'],
  ['ENOSPC', 'full'],
  ['ECONNREFUSED', 'unreachable'],
  ['ECONNRESET', 'unreachable'],
  ['ENOTFOUND', 'unreachable'],
  ['08', 'unreachable'],
  ['57P0', 'unreachable'],
  ['53300', 'busy'],
  ['57014', 'busy'],
  ['55P03', 'busy'],
  ['28P01', 'unreachable'],
  ['3D000', 'unreachable'],
  ['53100', 'full'],
  ['25006', 'readonly'],
];

/** The driver's code in an error or in what caused it. */
export function driverCode(error: unknown): string | null {
  for (let e = error; e instanceof Error; e = e.cause) {
    const { code } = e as { code?: unknown };
    if (typeof code === 'string') return code;
  }
  return null;
}

/** The fault behind a driver's error, or the error itself where it is none. */
export function faultOf(error: unknown): unknown {
  for (let e = error; e instanceof Error; e = e.cause) if (e instanceof StorageFault) return e;
  const code = driverCode(error);
  const known = BY_CODE.find(([prefix]) => code?.startsWith(prefix));
  return known ? new StorageFault(known[1], `database: ${code}`, error) : error;
}
