/** Serves one scenario to a browser on this machine, and to nobody else. */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Scenario } from '../../checker/index.js'
import { type LiveData, TOKEN_HEADER } from '../html/live-data.js'
import { type PageCode, pageOf } from '../html/page.js'
import { badArguments, Refusal, reasonOf } from '../refusal.js'
import { version } from '../version.js'
import { answerAt, answerField, answerGoal } from './answers.js'
import { goalsOf } from './goals.js'
import { Paths, parsePathOfSteps } from './path.js'
import { fieldNames } from './sought-field.js'

const HOST = '127.0.0.1'
/** That many are suggested to whoever types one. */
const MOST_FIELDS = 500

export interface Served {
  readonly address: string
  close(): Promise<void>
}

/**
 * @param port 0 for any that is free
 * @param path where the page starts
 * @throws Refusal where the port cannot be had, or the path leads nowhere
 */
export async function serve(scenario: Scenario, code: PageCode, { port, path }: { port: number; path: string }): Promise<Served> {
  const token = randomBytes(16).toString('hex')
  const paths = new Paths(scenario)
  paths.visit(parsePathOfSteps(path))
  const live: LiveData = {
    scenario: scenario.id,
    title: scenario.title,
    token,
    path,
    goals: goalsOf(scenario),
    fields: fieldNames(scenario, MOST_FIELDS),
  }
  const page = pageOf({ version, runs: [], live }, code, "'self'")
  const closing = new AbortController()
  const server = createServer((request, response) => {
    respond(request, response, { page, token, scenario, paths, signal: closing.signal })
  })
  await listening(server, port)
  const address = `http://${HOST}:${(server.address() as AddressInfo).port}/`
  return {
    address,
    close() {
      closing.abort()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

interface Site {
  readonly page: string
  readonly token: string
  readonly scenario: Scenario
  readonly paths: Paths
  readonly signal: AbortSignal
}

async function respond(request: IncomingMessage, response: ServerResponse, site: Site): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', `http://${HOST}`)
  const asked = searchParams.get('path') ?? ''
  if (request.method !== 'GET' || !isOurs(request)) return send(response, 403, 'text/plain', 'for pages of this server alone')
  if (pathname === '/') return send(response, 200, 'text/html; charset=utf-8', site.page)
  if (request.headers[TOKEN_HEADER] !== site.token) return send(response, 403, 'text/plain', 'for pages of this server alone')
  try {
    if (pathname === '/at') return sendJson(response, 200, answerAt(site.scenario, site.paths, asked))
    if (pathname === '/goal') {
      return sendJson(response, 200, await answerGoal(site.scenario, site.paths, searchParams.get('name') ?? '', site.signal))
    }
    if (pathname === '/field') {
      return sendJson(response, 200, await answerField(site.scenario, site.paths, searchParams.get('wanted') ?? '', site.signal))
    }
    send(response, 404, 'text/plain', 'no such page')
  } catch (error) {
    sendJson(response, error instanceof Refusal ? 400 : 500, { error: reasonOf(error) })
  }
}

/** Asked for by this name: a page from elsewhere that has had its own name lead here is refused. */
function isOurs({ headers, socket }: IncomingMessage): boolean {
  const hosts = [HOST, 'localhost'].map((name) => `${name}:${socket.localPort}`)
  const { host = '', origin } = headers
  return hosts.includes(host) && (origin === undefined || hosts.some((name) => origin === `http://${name}`))
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  })
  response.end(body)
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  send(response, status, 'application/json', JSON.stringify(body))
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(badArguments(`port ${port} cannot be had: ${reasonOf(error)}; give another with --port`)))
    server.listen(port, HOST, resolve)
  })
}
