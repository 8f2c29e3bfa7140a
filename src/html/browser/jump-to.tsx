/** Jumps to a state that shows a property, or breaks one, or in which a field has some value. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { LiveData, LiveGoal } from '../live-data.js'
import { askField, askGoal } from './server.js'

interface Jump {
  readonly live: LiveData
  go(path: string): void
}

export function JumpTo({ live, go }: Jump) {
  return (
    <>
      {live.goals.length > 0 && (
        <Search ask={(goal) => askGoal(live, goal)} name="goal" button="Go" go={go}>
          <label>
            Jump to{' '}
            <select name="goal">
              {live.goals.map(({ name, wanted }) => (
                <option key={name} value={name}>
                  {wanted}
                </option>
              ))}
            </select>
          </label>
        </Search>
      )}
      <Search ask={(wanted) => askField(live, wanted)} name="field" button="Find" go={go}>
        <label>
          Jump to where a field has a value, or without one, where it changes{' '}
          <input
            name="field"
            list="fields"
            required
            spellcheck={false}
            autocomplete="off"
            placeholder={`${live.fields[0] ?? 'field'} = …`}
          />
        </label>
        <datalist id="fields">
          {live.fields.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </Search>
    </>
  )
}

interface SearchParts {
  /** Of what the form holds under `name`. */
  ask(wanted: string): Promise<LiveGoal>
  readonly name: string
  readonly button: string
  go(path: string): void
  readonly children: ComponentChildren
}

function Search({ ask, name, button, go, children }: SearchParts) {
  const [said, setSaid] = useState('')
  const search = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault()
    const wanted = new FormData(event.currentTarget as HTMLFormElement).get(name)
    setSaid('searching…')
    const goal = await ask(String(wanted))
    if ('path' in goal) go(goal.path)
    setSaid('path' in goal ? '' : goal.reason)
  }
  return (
    <form onSubmit={search}>
      {children} <button type="submit">{button}</button> <output aria-live="polite">{said}</output>
    </form>
  )
}
