const TYPES: Record<string, string> = {
  csv: 'text/csv',
  gif: 'image/gif',
  ics: 'text/calendar',
  jpg: 'image/jpeg',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The media type Slack guesses from a file's name. */
export function mimeOf(filename: string): string {
  return TYPES[filename.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
