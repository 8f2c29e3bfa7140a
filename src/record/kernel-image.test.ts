import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openKernel, payload } from './kernel-image.js'

const folder = mkdtempSync(join(tmpdir(), 'swapcheck-kernel-'))

/** An image of one sector of set-up, and then the payload. */
function bzImage(packed: Buffer): Buffer {
  const head = Buffer.alloc(1024)
  head[0x1f1] = 1
  head.write('HdrS', 0x202, 'latin1')
  head.writeUInt32LE(16, 0x248)
  head.writeUInt32LE(packed.length + 4, 0x24c)
  return Buffer.concat([head, Buffer.alloc(16), packed, Buffer.alloc(4), Buffer.from('behind')])
}

test('the payload of an image is unpacked', () => {
  expect(payload(bzImage(gzipSync('vmlinux'))).toString()).toBe('vmlinux')
})

test('what is no kernel is refused', () => {
  expect(() => payload(bzImage(Buffer.from('another way to pack')))).toThrow('packed in a way that the recorder does not know')
  expect(() => payload(Buffer.alloc(1024))).toThrow('the kernel image is none for x86')
  expect(() => openKernel(join(folder, 'nowhere.deb'), folder)).toThrow('nowhere.deb; on Debian: apt-get download linux-image-')
  expect(() => openKernel(folder, folder)).toThrow('has no boot/vmlinuz-…')
})
