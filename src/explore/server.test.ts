import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import type { LiveAnswer, LiveData } from '../html/live-data.js'
import { type Served, serve } from './server.js'

const scenario = scenarios.find(({ id }) => id === 'vswap/swap-device-null+rfc-v2') ?? scenarios[0]
if (scenario === undefined) throw new Error('there are no scenarios')
const code = { script: '', style: '' }
let served: Served
let token = ''

beforeAll(async () => {
  served = await serve(scenario, code, { port: 0, path: '0' })
  const { body } = await ask('/')
  token = (JSON.parse(/id="data">(.*)<\/script>/.exec(body)?.[1] ?? '') as { live: LiveData }).live.token
})
afterAll(() => served.close())

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, served.address), { headers, method }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text) => {
        body += text
      })
      response.on('end', () => resolve({ status: response.statusCode, body }))
    })
    sent.on('error', reject).end()
  })
}

describe('the server of explore', () => {
  const withToken = () => ({ 'x-swapcheck-token': token })

  test('is on the loopback', () => expect(served.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/))

  test('answers what a path leads to, and what is enabled there', async () => {
    const { status, body } = await ask('/at?path=0.1', withToken())
    const { trace, moves } = JSON.parse(body) as LiveAnswer
    expect([status, trace.steps.map(({ title }) => title)]).toEqual([200, ['zap_pte_range.pte_offset_map_lock']])
    expect(moves.map(({ title, lane }) => [title, lane])).toEqual([
      ['user_access.access', 0],
      ['zap_pte_range.zap', 1],
    ])
  })

  test('answers a goal with the path there', async () => {
    const { body } = await ask('/goal?name=NoUseAfterFree', withToken())
    const { path } = JSON.parse(body) as { path: string }
    const { body: there } = await ask(`/at?path=${path}`, withToken())
    expect((JSON.parse(there) as LiveAnswer).failure).toBe('NULL pointer dereference: si->flags')
  })

  test('answers a field with the path to where it is so, and says what is wrong with one that is none', async () => {
    const { body } = await ask(`/field?${new URLSearchParams({ wanted: 'desc[1].swap_refs = 0' })}`, withToken())
    const { path } = JSON.parse(body) as { path: string }
    const { body: there } = await ask(`/at?path=${path}`, withToken())
    expect((JSON.parse(there) as LiveAnswer).trace.steps.at(-1)?.title).toBe('vswap_free_nr_any_cache_only.atomic_sub_and_test')
    const wrong = await ask('/field?wanted=desc', withToken())
    expect([wrong.status, wrong.body]).toEqual([
      400,
      expect.stringContaining('desc is an array: expected desc[1] to desc[2]; it came alone'),
    ])
    expect((await ask('/field?wanted=desc')).status).toBe(403)
  })

  test.each(['x', '0.99', ''])("says what is wrong with path '%s'", async (path) => {
    const { status, body } = await ask(`/at?path=${path}`, withToken())
    expect([status, (JSON.parse(body) as { error: string }).error]).toEqual([400, expect.stringMatching(/path/)])
  })

  test('answers nobody without the token that is in its page', async () => {
    expect((await ask('/at?path=0')).status).toBe(403)
    expect((await ask('/at?path=0', { 'x-swapcheck-token': 'guessed' })).status).toBe(403)
  })

  test.each<[string, Record<string, string>, string?]>([
    ['another host name', { host: 'elsewhere.example' }],
    ['another origin', { origin: 'http://elsewhere.example' }],
    ['no origin of a page', { origin: 'null' }],
    ['another method', {}, 'POST'],
  ])('refuses %s', async (_, headers, method) => {
    expect((await ask('/', headers, method)).status).toBe(403)
    expect((await ask('/at?path=0', { ...withToken(), ...headers }, method)).status).toBe(403)
  })

  test('a port that is taken is refused', async () => {
    const port = Number(new URL(served.address).port)
    await expect(serve(scenario, code, { port, path: '0' })).rejects.toThrow(`port ${port} cannot be had`)
  })

  test('a path that leads nowhere is refused before anything is served', async () => {
    await expect(serve(scenario, code, { port: 0, path: '0.99' })).rejects.toThrow('no enabled step 99')
  })
})
