/** Files that a user names to be written: whole or not at all, and what was there before is kept until then. */
import { accessSync, closeSync, constants, fsyncSync, openSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { exitCodes } from './exit-code.js'
import { Refusal, reasonOf } from './refusal.js'

/** Before a long run: refuses a file that could not be written after it. */
export function checkWritable(file: string): void {
  refusing(file, () => {
    if (statOf(file)?.isDirectory() || file === '') throw new Error('it is a directory; expected the name of a file')
    if (!statSync(dirname(file)).isDirectory()) throw new Error(`${dirname(file)} is not a directory`)
    accessSync(statOf(file) === undefined ? dirname(file) : file, constants.W_OK)
  })
}

/**
 * Writes beside the file, and renames; a device or a pipe is written to.
 *
 * @throws Refusal where it cannot be written, or the disk is full
 */
export function writeWhole(file: string, text: string): void {
  refusing(file, () => {
    const target = statOf(file) === undefined ? file : realpathSync(file)
    if (statOf(target)?.isFile() === false) writeFileSync(target, text)
    else replace(target, text)
  })
}

function replace(target: string, text: string): void {
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    const descriptor = openSync(temporary, 'w')
    try {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function statOf(file: string) {
  return statSync(file, { throwIfNoEntry: false })
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its directory does not exist',
  ENOTDIR: 'its directory is not one',
  EISDIR: 'it is a directory; expected the name of a file',
}

function refusing(file: string, action: () => void): void {
  try {
    action()
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? reasonOf(error)
    throw new Refusal(exitCodes.outOfResources.code, `cannot write '${file}': ${reason}`)
  }
}
