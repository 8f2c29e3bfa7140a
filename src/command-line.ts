/** The command line as a whole: words in, an exit code out. */
import yargs, { type Argv } from 'yargs'
import { type ExitCode, exitCodes } from './exit-code.js'
import { nearest } from './nearest.js'
import { badArguments, type Refusal } from './refusal.js'
import type { Terminal } from './terminal.js'
import { version } from './version.js'

type Finish = (code: ExitCode) => void

/** In the order in which help shows them. A command's code is loaded where it is wanted: all of it takes as long as a small search. */
const commands: Readonly<Record<string, (to: Argv, terminal: Terminal, finish: Finish) => Promise<Argv>>> = {
  list: async (to, ...said) => to.command((await import('./commands/list.js')).listCommand(...said)),
  check: async (to, ...said) => to.command((await import('./commands/check.js')).checkCommand(...said)),
  replay: async (to, ...said) => to.command((await import('./commands/replay.js')).replayCommand(...said)),
  simulate: async (to, ...said) => to.command((await import('./commands/simulate.js')).simulateCommand(...said)),
  ci: async (to, ...said) => to.command((await import('./commands/ci.js')).ciCommand(...said)),
  diff: async (to, ...said) => to.command((await import('./commands/diff.js')).diffCommand(...said)),
  conform: async (to, ...said) => to.command((await import('./commands/conform.js')).conformCommand(...said)),
  mutate: async (to, ...said) => to.command((await import('./commands/mutate.js')).mutateCommand(...said)),
  explore: async (to, ...said) => to.command((await import('./commands/explore.js')).exploreCommand(...said)),
  graph: async (to, ...said) => to.command((await import('./commands/graph.js')).graphCommand(...said)),
}

/**
 * @param words what stands behind `swapcheck`
 * @throws Refusal for whatever the user can cause
 */
export async function commandLine(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.asExpected.code
  const finish: Finish = (finished) => {
    code = finished
  }
  const parser = yargs()
    .scriptName('swapcheck')
    .locale('en')
    .usage('$0 <command>\n\nExplores every interleaving of a protocol, and shows the shortest one that goes wrong.')
    .parserConfiguration({
      'dot-notation': false,
      'boolean-negation': false,
      'parse-positional-numbers': false,
    })
    .demandCommand(1, 1, `expected a command: ${names.command.slice(0, -1).join(', ')} or ${names.command.at(-1)}`)
    .strict()
    .version(version)
    .help()
    .example('$0 check', 'explore the default scenarios')
    .example('$0 check vswap/direct-swapin+broken --itf bug.itf.json', 'store a counterexample')
    .example('$0 replay bug.itf.json', 'run it again')
    .epilogue(`Exit codes:\n${exitCodeLines()}`)
    .wrap(Math.min(terminal.page.width, 120))
    .fail((message, error) => {
      if (error !== undefined && error.name !== 'YError') throw error
      throw refusal(message ?? error?.message ?? '', words)
    })
  for (const add of wanted(words)) await add(parser, terminal, finish)
  // Of each command that it runs, yargs lays out the help text, too, which takes a tenth of a small search: of what is hidden that is nothing.
  if (!words.some((word) => /^(--)?help$/.test(word))) for (const name of names.option) parser.hide(name)
  await parser.parseAsync([...words], {}, (_error, _argv, output) => {
    if (output !== '') terminal.print(`${output}\n`)
  })
  return code
}

/** All commands, unless the first word is one: help tells of all, and a wrong name may be near to any. */
function wanted([first = '']: readonly string[]) {
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined
  return command === undefined ? Object.values(commands) : [command]
}

function exitCodeLines(): string {
  return Object.values(exitCodes)
    .map(({ code, meaning }) => `${String(code).padStart(5)}  ${meaning}`)
    .join('\n')
}

const names = {
  command: Object.keys(commands),
  option: [
    ...[
      'json',
      'spec',
      'set',
      'reporter',
      'out',
      'itf',
      'expect',
      'store',
      'resume',
      'spill',
      'no-spill',
      'reduction',
      'no-reduction',
      'workers',
      'max-states',
      'max-time',
      'max-memory',
      'profile',
      'baseline',
      'max-depth',
      'runs',
      'seed',
      'through',
      'of',
      'format',
      'update',
      'port',
      'path',
      'coverage',
    ],
    ...['help', 'version'],
  ],
}

/** What yargs found wrong, in one line, with the right name where a name is wrong. */
function refusal(message: string, words: readonly string[]): Refusal {
  const line = message.split('\n')[0] ?? ''
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/.exec(line)?.[1]?.split(', ')
  const valueless = /^Not enough arguments following: (.*)$/.exec(line)?.[1]
  if (unknown !== undefined) return badArguments(`${wrongNames(unknown, words)}${SEE_HELP}`)
  if (valueless !== undefined) return badArguments(`--${valueless} was given no value${SEE_HELP}`)
  if (line.startsWith('Not enough non-option arguments')) return badArguments(`${missing(words)}${SEE_HELP}`)
  return badArguments(line)
}

function missing(words: readonly string[]): string {
  if (words.includes('explore')) return 'explore expects the name of a scenario'
  if (words.includes('graph')) return 'graph expects the name of a scenario'
  if (words.includes('diff')) return 'diff expects the names of two scenarios'
  if (words.includes('simulate')) return 'simulate expects the name of a scenario'
  if (words.includes('conform')) return 'conform expects the name of a file'
  return words.includes('mutate') ? 'mutate expects the name of a spec' : 'replay expects the name of a file'
}

/** @param unknown as yargs lists them: an option with hyphens a second time, in camel case */
function wrongNames(unknown: readonly string[], words: readonly string[]): string {
  const isOption = (name: string): boolean =>
    words.some((word) => word.split('=')[0] === `--${name}` || (/^-[^-]/.test(word) && word.includes(name)))
  const command = words.find((word) => names.command.includes(word))
  const isOfOthers = (name: string): boolean => command !== undefined && names.option.includes(name)
  const options = unknown
    .filter(isOption)
    .map((name) => (isOfOthers(name) ? `${command} has no option '--${name}'; other commands have` : describe('option', name)))
  if (options.length > 0) return options.join('; ')
  return unknown.map((name) => (command !== undefined ? `unexpected argument '${name}'` : describe('command', name))).join('; ')
}

const SEE_HELP = " (see 'swapcheck --help')"

function describe(kind: 'option' | 'command', name: string): string {
  const dashes = kind === 'command' ? '' : name.length === 1 ? '-' : '--'
  const [near] = name.length < 3 ? [] : nearest(name, names[kind], 3)
  const hint = near === undefined ? '' : `; did you mean ${kind === 'option' ? '--' : ''}${near}?`
  return `unknown ${kind} '${dashes}${name}'${hint}`
}
