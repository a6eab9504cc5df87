#!/usr/bin/env bash
# idn-area-data 3.1.2: villages.csv has quotes within fields that are neither doubled nor around the field.
# Input: the package's data/villages.csv, read by csv-parse 7.0.3 with its defaults (RFC 4180).
# Seen: the strict reader stops with INVALID_OPENING_QUOTE; with quotes as ordinary letters (`quote: false`) all lines are
# read, and 24 names hold such a sign, the first of them Soka"an.
# Expected: fields with quotes are quoted, and the quotes in them doubled, so that any reader of CSV takes the file.
# What follows: who loads the file with a strict reader gets no village at all, or only those before that line.
# Source: https://github.com/fityannugroho/idn-area-data ; RFC 4180, section 2, rules 5 to 7
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts idn-area-data@3.1.2 csv-parse@7.0.3 >/dev/null
cat > run.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

const text = readFileSync('node_modules/idn-area-data/data/villages.csv', 'utf8');
let strict = 'read';
try {
  parse(text);
} catch (error) {
  strict = error.code;
}
const rows = parse(text, { quote: false });
const quoted = rows.filter(row => row.some(cell => cell.includes('"')));
console.log(JSON.stringify([strict, rows.length > 80_000, quoted.length, quoted[0][2]]));
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = '["INVALID_OPENING_QUOTE",true,24,"Soka\"an"]' ] || { echo 'changed: the finding no longer holds'; exit 1; }
