/** Names of repetitions, as the words that they stand for; an hour alone is of every day. */
const ONE_WORD: ReadonlyMap<string, string> = new Map([
  ['', 'hari'],
  ['harian', 'hari'],
  ['daily', 'hari'],
  ['mingguan', 'minggu'],
  ['weekly', 'minggu'],
  ['fortnight', '2 minggu'],
  ['fortnightly', '2 minggu'],
  ['dwimingguan', '2 minggu'],
  ['bulanan', 'bulan'],
  ['monthly', 'bulan'],
  ['triwulan', '3 bulan'],
  ['triwulanan', '3 bulan'],
  ['quarter', '3 bulan'],
  ['quarterly', '3 bulan'],
  ['semester', '6 bulan'],
  ['tahunan', 'tahun'],
  ['yearly', 'tahun'],
  ['annually', 'tahun'],
  ['selapanan', 'selapan'],
]);
const ONCE =
  /^(?:sekali )?(?:se(hari|minggu|pekan|bulan|tahun)|(.+?))(?: sekali)?( (?:pada|setiap|tiap|hari|tanggal|tgl) .+)?$/;

/** `dua minggu sekali pada Senin`, `sebulan sekali`, `weekly on Monday` in the words of `setiap dua minggu pada Senin`. */
export function inWords(text: string): string {
  const [, name = '', rest = ''] = /^([a-z]*)(?:,? ((?:on|pada|setiap|tiap|hari|tanggal|tgl) .+))?$/.exec(text) ?? [];
  const known = ONE_WORD.get(name);
  if (known !== undefined && (text === '' || name)) return rest ? `${known} ${rest}` : known;
  if (!/\bsekali\b/.test(text)) return text;
  const [, one, several, on = ''] = ONCE.exec(text) ?? [];
  return `${one ?? several ?? ''}${on}`;
}
