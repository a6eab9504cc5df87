#!/usr/bin/env bash
# node 20.20.2: a worker cannot start in a program that was given on the command line as a module.
# Input: `node --input-type=module -e "new Worker(file)"` with a worker that is an ordinary module file.
# Seen: the worker inherits the flag and fails with ERR_INPUT_TYPE_NOT_ALLOWED, although its file needs no such flag. With
# `execArgv: []` it starts.
# Expected: a flag that is about the text of the command line does not reach a worker that has a file.
# What follows: a library that begins threads gives them an `execArgv` of their own.
# Source: https://nodejs.org/docs/latest-v20.x/api/worker_threads.html#new-workerfilename-options
# Date: 2026-11-30
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund node@20.20.2 >/dev/null
echo "import { parentPort } from 'node:worker_threads'; parentPort.postMessage('began');" > worker.mjs
program="import { Worker } from 'node:worker_threads';
const told = more => new Promise(done => new Worker(new URL('file://$folder/worker.mjs'), more).once('message', done).once('error', e => done(e.code)));
console.log(await told({}), await told({ execArgv: [] }));"
seen=$(node_modules/.bin/node --input-type=module -e "$program")
echo "$seen"
[ "$seen" = 'ERR_INPUT_TYPE_NOT_ALLOWED began' ] || { echo 'changed: the finding no longer holds'; exit 1; }
