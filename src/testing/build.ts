/** Builds `dist` from nothing before the tests that run it, or pack it. */
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'

export default function setup(): void {
  rmSync('dist', { recursive: true, force: true })
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
}
