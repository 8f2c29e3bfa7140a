#!/usr/bin/env node
/** The command `swapcheck`. */
import process from 'node:process'
import { commandLine } from './command-line.js'
import { exitCodes } from './exit-code.js'
import { Refusal, reasonOf } from './refusal.js'
import { realTerminal } from './terminal.js'

const terminal = realTerminal()
try {
  process.exitCode = await commandLine(process.argv.slice(2), terminal)
} catch (error) {
  terminal.progress('')
  if (error instanceof Refusal) {
    terminal.note(`swapcheck: ${error.message}`)
    process.exitCode = error.code
  } else if (error instanceof RangeError && /allocation failed|Invalid typed array length/.test(error.message)) {
    terminal.note(`swapcheck: out of memory (${reasonOf(error)}); a smaller scenario, or --max-states, ends before that`)
    process.exitCode = exitCodes.outOfResources.code
  } else {
    terminal.note(`swapcheck: this is a bug in swapcheck; please report it\n${error instanceof Error ? error.stack : String(error)}`)
    process.exitCode = exitCodes.bug.code
  }
}
