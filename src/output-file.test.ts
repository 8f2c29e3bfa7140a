import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkWritable, writeWhole } from './output-file.js'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'swapcheck-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('writing', () => {
  test('makes the file, and nothing beside it', () => {
    writeWhole(join(folder, 'a.json'), 'text')
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('text')
    expect(readdirSync(folder)).toEqual(['a.json'])
  })

  test('replaces what was there', () => {
    writeFileSync(join(folder, 'a.json'), 'something longer')
    writeWhole(join(folder, 'a.json'), 'text')
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('text')
  })

  test('goes through a symbolic link', () => {
    writeFileSync(join(folder, 'real'), 'old')
    symlinkSync('real', join(folder, 'link'))
    writeWhole(join(folder, 'link'), 'new')
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new')
  })

  test('keeps what was there if it fails, and leaves no other file', () => {
    mkdirSync(join(folder, `.a.json.${process.pid}.tmp`))
    writeFileSync(join(folder, 'a.json'), 'old')
    expect(() => writeWhole(join(folder, 'a.json'), 'new')).toThrow('cannot write')
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('old')
  })

  test('goes into a pipe, which stays one', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] })
    writeWhole(pipe, 'text')
    expect(statSync(pipe).isFIFO()).toBe(true)
    expect(await reader.stdout.toArray().then((chunks) => Buffer.concat(chunks).toString())).toBe('text')
  })
})

describe('refused before a run', () => {
  const refused = (file: string) => {
    try {
      checkWritable(file)
    } catch (error) {
      return error
    }
    return undefined
  }
  test('a folder', () => expect(refused(folder)).toMatchObject({ code: 153, message: expect.stringContaining('it is a directory') }))
  test('a file in a folder that does not exist', () => {
    expect(refused(join(folder, 'no', 'a'))).toMatchObject({ code: 153, message: expect.stringContaining('its directory does not exist') })
  })
  test('a file in a file', () => {
    writeFileSync(join(folder, 'f'), '')
    expect(refused(join(folder, 'f', 'a'))).toMatchObject({ code: 153 })
  })
  test.skipIf(process.getuid?.() === 0)('a file that one may not write', () => {
    writeFileSync(join(folder, 'f'), '')
    chmodSync(join(folder, 'f'), 0o400)
    expect(refused(join(folder, 'f'))).toMatchObject({ code: 153, message: expect.stringContaining('permission denied') })
  })
  test('nothing else', () => {
    writeFileSync(join(folder, 'f'), 'kept')
    expect(refused(join(folder, 'f'))).toBeUndefined()
    expect(refused(join(folder, 'new'))).toBeUndefined()
    expect(readdirSync(folder)).toEqual(['f'])
  })
})
