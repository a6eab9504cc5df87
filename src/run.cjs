// Runs the files that the build makes of the program, with what V8 compiled of them in an earlier run: the build puts this
// file beside them. Node itself keeps compiled code from 22.8 on, and of modules alone. It asks for Node's parts as old
// modules do, which spares the program what Node makes of each part for new ones.
const {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const { cachedDataVersionTag, setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');
const { isMainThread } = require('node:worker_threads');

/** Folder of the compiled code. The build makes it; an installed package has none, and nothing is written there. */
const KEPT = `${__dirname}/../../.compiled`;
/** Bytes that say how long the list of the kept parts is. */
const HEAD_BYTES = 4;

/** Tells whether the program has been made. */
let isBegun = false;
/** Exports of each loaded file. */
const loaded = new Map();
/** The scripts of this thread by file: what is kept of them when it ends. */
const scripts = new Map();

/**
 * Runs one of the files that the program begins with. `content` names what all files hold: code that was compiled of other
 * files, by another Node or with other flags has another name, and is not read. `place` is the address of this folder.
 */
exports.run = (entry, content, place) => {
  beginning(true);
  const tag = cachedDataVersionTag().toString(16);
  const name = `${entry}-${content}-${process.versions.node}-${process.arch}-${tag}`;
  const kept = openKept(name);
  load(`./${entry}.js`, kept, place);
  isBegun = true;
  beginning(false);
  // Later files are few and small.
  room = Buffer.allocUnsafeSlow(0);
  // A thread ends without a word when it is told to.
  const isRejected = () => [...scripts.values()].some(script => script.cachedDataRejected);
  if (isMainThread && isWritable()) process.once('exit', () => (!kept || isRejected()) && keep(name, tag));
};

/** Room that all files are read into, one after the other: nothing of them is left to be collected. The longest fits. */
let room = Buffer.allocUnsafeSlow(2 << 20);

/** Reads so many bytes of an open file, which stay until the next are read. */
function read(fd, bytes, at) {
  if (bytes > room.length) room = Buffer.allocUnsafeSlow(bytes);
  return room.subarray(0, readSync(fd, room, 0, bytes, at));
}

/** Reads a file of signs of one byte. */
function textOf(file) {
  const fd = openSync(file);
  try {
    return read(fd, fstatSync(fd).size, 0).latin1Slice();
  } finally {
    closeSync(fd);
  }
}

/**
 * Keeps the room for young objects from growing while the program is made: nearly all of them stay, so that room would
 * only be left over. What V8 compiled it takes back under the flags alone that it was compiled under.
 */
function beginning(isIt) {
  if (isMainThread) setFlagsFromString(`--semi-space-growth-factor=${isIt ? 1 : 2}`);
}

/** Opens what was kept under this name: where the part of each file begins. Null where nothing was, or not to its end. */
function openKept(name) {
  try {
    const fd = openSync(`${KEPT}/${name}`);
    const { size } = fstatSync(fd);
    let at = HEAD_BYTES + read(fd, HEAD_BYTES, 0).readUInt32LE(0);
    const parts = new Map();
    for (const [file, bytes] of JSON.parse(read(fd, at - HEAD_BYTES, HEAD_BYTES).latin1Slice())) {
      parts.set(file, { at, bytes });
      at += bytes;
    }
    if (at === size) return { fd, parts };
    closeSync(fd);
  } catch {}
  return null;
}

/** Loads a file of the program once. What is none of its files is an installed library, or a part of Node. */
function load(file, kept, place) {
  if (!file.startsWith('./')) return require(file);
  const before = loaded.get(file);
  if (before) return before.exports;
  const filename = `${__dirname}/${file.slice(2, -'.js'.length)}.cjs`;
  const code = textOf(filename);
  const part = kept?.parts.get(file);
  const cachedData = part && read(kept.fd, part.bytes, part.at);
  beginning(true);
  const script = new Script(code, { filename, cachedData });
  beginning(!isBegun);
  scripts.set(file, script);
  const module = { exports: {} };
  loaded.set(file, module);
  const own = Object.assign(one => load(one, kept, place), { resolve: require.resolve });
  script.runInThisContext()(module.exports, own, module, place);
  return module.exports;
}

/** Tells whether something can be kept: putting it together takes time, which an installed package need not spend. */
function isWritable() {
  try {
    accessSync(KEPT, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Keeps what was compiled: of functions those that have run. A bot that has set flags of its own meanwhile keeps nothing,
 * since no start would take it back.
 */
function keep(name, tag) {
  const file = `${KEPT}/${name}`;
  const own = `${file}.${process.pid}`;
  beginning(true);
  if (cachedDataVersionTag().toString(16) !== tag) return;
  try {
    const parts = [...scripts].map(([file, script]) => [file, script.createCachedData()]);
    const list = Buffer.from(JSON.stringify(parts.map(([file, part]) => [file, part.length])));
    const head = Buffer.alloc(HEAD_BYTES);
    head.writeUInt32LE(list.length);
    // A program of the same number may have been killed here.
    rmSync(own, { force: true });
    // Others may start meanwhile: they read the whole of it or nothing, also after the machine has lost its power.
    const fd = openSync(own, 'wx', 0o644);
    try {
      writeFileSync(fd, Buffer.concat([head, list, ...parts.map(([, part]) => part)]));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(own, file);
  } catch {
    try {
      rmSync(own, { force: true });
    } catch {}
  }
}
