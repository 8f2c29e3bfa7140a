/** Paths as the repository of a file knows them: the same on every machine. */
import { existsSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'

/**
 * Relative to the package if the file is of a package that was installed; else to the nearest folder above it that has a `.git`, or to the
 * working directory. A file outside of all of them is a URL.
 */
export function repositoryPath(file: string): string {
  const root = packageOf(file) ?? repositoryOf(dirname(file)) ?? process.cwd()
  const path = relative(root, file)
  return path.startsWith('..') ? pathToFileURL(file).href : path.split(sep).join('/')
}

function packageOf(file: string): string | undefined {
  const installed = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/.exec(file)
  return installed?.[0]
}

function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder
  const above = dirname(folder)
  return above === folder ? undefined : repositoryOf(above)
}
