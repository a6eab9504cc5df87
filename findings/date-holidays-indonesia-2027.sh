#!/usr/bin/env bash
# date-holidays 3.37.0: Indonesia's public holidays of 2027 are not those that were decreed.
# Seen: of the 18 national days, 11 March, 28 March, 17 May, 15 August and 26 December are missing; 9 March, 16 May and
# 14 August are public holidays there and are none by the decree. It has Idulfitri a day early, and no Easter Sunday.
# Expected: the national days of the joint decree of the Ministers of Religion, Manpower and Administrative Reform,
# No. 1205/2026, 3/2026 and 2/2026, of 15 September 2026.
# What follows: dates by the moon can be reckoned as estimates; what a deadline hangs on has to come from the decree.
# Source: data/countries/ID.yaml of the package's repository.
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts date-holidays@3.37.0 >/dev/null
cat > run.cjs <<'JS'
const Holidays = require('date-holidays');
const decreed = ['01-01', '01-05', '02-06', '03-08', '03-10', '03-11', '03-26', '03-28', '05-01', '05-06', '05-17',
  '05-20', '06-01', '06-06', '08-15', '08-17', '12-25', '12-26'];
const told = new Set(new Holidays('ID').getHolidays(2027).filter(day => day.type === 'public').map(day => day.date.slice(5, 10)));
console.log(JSON.stringify({ missing: decreed.filter(day => !told.has(day)), other: [...told].filter(day => !decreed.includes(day)) }));
JS
seen=$(node run.cjs)
echo "$seen"
[ "$seen" = '{"missing":["03-11","03-28","05-17","08-15","12-26"],"other":["03-09","05-16","08-14"]}' ] ||
  { echo 'changed: the finding no longer holds'; exit 1; }
