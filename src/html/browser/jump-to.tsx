/** Jumps to a state that shows a property, or breaks one. */
import { useState } from 'preact/hooks'
import type { LiveData } from '../live-data.js'
import { askGoal } from './server.js'

export function JumpTo({ live, go }: { readonly live: LiveData; go(path: string): void }) {
  const [said, setSaid] = useState('')
  if (live.goals.length === 0) return null
  const jump = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const name = new FormData(event.currentTarget as HTMLFormElement).get('goal')
    setSaid('searching…')
    const goal = await askGoal(live, String(name))
    if ('path' in goal) go(goal.path)
    setSaid('path' in goal ? '' : goal.reason)
  }
  return (
    <form onSubmit={jump}>
      <label>
        Jump to{' '}
        <select name="goal">
          {live.goals.map(({ name, wanted }) => (
            <option key={name} value={name}>
              {wanted}
            </option>
          ))}
        </select>
      </label>{' '}
      <button type="submit">Go</button> <output aria-live="polite">{said}</output>
    </form>
  )
}
