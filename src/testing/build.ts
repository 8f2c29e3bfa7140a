/** Builds `dist` from nothing before the tests that run it, or pack it. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import process from 'node:process'

export default function setup(): void {
  rmSync('dist', { recursive: true, force: true })
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
}
