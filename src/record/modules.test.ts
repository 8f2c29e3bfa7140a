import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { modulesOf } from './modules.js'

const NAMES = '\0.modinfo\0'
const [HEADER, SECTION] = [64, 64]

/** An ELF file with one section of a module's information. */
function module(depends: string): Buffer {
  const modinfo = Buffer.from(`license=GPL\0depends=${depends}\0`)
  const head = Buffer.alloc(HEADER + 2 * SECTION)
  head.writeUInt32BE(0x7f454c46, 0)
  head[4] = 2
  head.writeBigUInt64LE(BigInt(HEADER), 0x28)
  for (const [value, at] of [
    [SECTION, 0x3a],
    [2, 0x3c],
    [0, 0x3e],
  ] as const)
    head.writeUInt16LE(value, at)
  const section = (i: number, name: number, at: number, size: number): void => {
    head.writeUInt32LE(name, HEADER + i * SECTION)
    head.writeBigUInt64LE(BigInt(at), HEADER + i * SECTION + 0x18)
    head.writeBigUInt64LE(BigInt(size), HEADER + i * SECTION + 0x20)
  }
  section(0, 0, head.length, NAMES.length)
  section(1, 1, head.length + NAMES.length, modinfo.length)
  return Buffer.concat([head, Buffer.from(NAMES), modinfo])
}

/** A folder of modules, and what is built in. */
function kernel(files: Readonly<Record<string, Buffer>>, builtIn: readonly string[]) {
  const modules = join(mkdtempSync(join(tmpdir(), 'swapcheck-modules-')), 'kernel')
  for (const [file, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(modules, file)), { recursive: true })
    writeFileSync(join(modules, file), bytes)
  }
  mkdirSync(modules, { recursive: true })
  writeFileSync(join(modules, '..', 'modules.builtin'), builtIn.map((name) => `kernel/${name}.ko\n`).join(''))
  return { modules }
}

test('a module comes behind those that it stands on; what is built in is left out', () => {
  const files = {
    'drivers/block/zram/zram.ko': module('lz4_compress,zs-malloc'),
    'lib/lz4/lz4_compress.ko': module(''),
    'mm/zs-malloc.ko': module('lz4_compress'),
  }
  const found = modulesOf(kernel(files, ['drivers/virtio/virtio-pci']), ['virtio_pci', 'zram'])
  expect(found.map(({ name }) => name)).toEqual(['lz4_compress', 'zs_malloc', 'zram'])
})

test('a module that is nowhere is named', () => {
  expect(() => modulesOf(kernel({}, ['drivers/block/zram/zram']), ['zram', 'virtio_blk'])).toThrow(
    'the kernel has no module virtio_blk, and it is not built in',
  )
})
