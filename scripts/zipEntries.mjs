// Reads a zip's directory, and single files in it, to look into a VSIX without unpacking it.
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/** Every file with its sizes in bytes; `read` gives its contents. */
export function zipEntries(path) {
  const zip = readFileSync(path);
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error(`${path} is not a zip`);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  if (count === 0xffff || at === 0xffffffff) throw new Error(`${path} needs zip64`);
  const entries = [];
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error(`${path} is damaged`);
    const method = zip.readUInt16LE(at + 10);
    const packedBytes = zip.readUInt32LE(at + 20);
    const bytes = zip.readUInt32LE(at + 24);
    const nameLength = zip.readUInt16LE(at + 28);
    const start = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const read = () => {
      const from = start + 30 + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
      const packed = zip.subarray(from, from + packedBytes);
      return method === 0 ? packed : inflateRawSync(packed);
    };
    if (!name.endsWith('/')) entries.push({ name, packedBytes, bytes, read });
  }
  return entries;
}

const appleMachines = { 0x01000007: 'x64', 0x0100000c: 'arm64' };

/** For what machines a native file was built: `ELF x64`, `PE arm64`, or several of Apple's in one file. */
export function nativeMachines(file) {
  const named = (machines, code) => machines[code] ?? `machine ${code}`;
  if (file.readUInt32BE(0) === 0xcafebabe)
    return Array.from({ length: file.readUInt32BE(4) }, (_, index) => {
      return `Mach-O ${named(appleMachines, file.readUInt32BE(8 + index * 20))}`;
    });
  return [nativeMachine(file, named)];
}

function nativeMachine(file, named) {
  if (file.toString('latin1', 0, 4) === '\x7fELF')
    return `ELF ${named({ 62: 'x64', 183: 'arm64' }, file.readUInt16LE(18))}`;
  if (file.readUInt32LE(0) === 0xfeedfacf)
    return `Mach-O ${named(appleMachines, file.readUInt32LE(4))}`;
  if (file.toString('latin1', 0, 2) === 'MZ')
    return `PE ${named({ 0x8664: 'x64', 0xaa64: 'arm64' }, file.readUInt16LE(file.readUInt32LE(0x3c) + 4))}`;
  return 'no native file';
}
