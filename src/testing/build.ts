/** Builds `dist` from nothing before the tests that run it, or pack it; once, though several projects of the tests ask for it. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import process from 'node:process'

/** Set in the process of the test runner, which all set-ups share. */
const IS_BUILT = 'SWAPCHECK_TESTS_HAVE_BUILT'

export default function setup(): void {
  if (process.env[IS_BUILT] !== undefined) return
  process.env[IS_BUILT] = 'yes'
  rmSync('dist', { recursive: true, force: true })
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
}
