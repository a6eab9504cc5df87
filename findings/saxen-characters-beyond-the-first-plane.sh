#!/usr/bin/env bash
# saxen 11.2.0: a numeric character reference beyond U+FFFF is read as another character.
# Input: a well-formed document with the wave sign U+1F30A twice, once as itself and once as its reference of the same number.
# Seen: the first is kept; of the reference only the lower sixteen bits are read, which is U+F30A, a private character.
# Expected: both are the same character (XML 1.0, section 4.1).
# What follows: titles of alerts and feeds whose generator writes such signs as references hold boxes instead; a reader
# that cares decodes references itself.
# Source: https://www.w3.org/TR/xml/#sec-references and the package's own readme
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund saxen@11.2.0 >/dev/null
cat > run.mjs <<'JS'
import { Parser } from 'saxen';
const read = [];
const parser = new Parser();
parser.on('text', (text, decode) => read.push(...[...decode(text)].map(one => one.codePointAt(0).toString(16))));
parser.parse(`<title>${String.fromCodePoint(0x1f30a)}&#${0x1f30a};</title>`);
console.log(read.join(' '));
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = '1f30a f30a' ] || { echo 'changed: the finding no longer holds'; exit 1; }
