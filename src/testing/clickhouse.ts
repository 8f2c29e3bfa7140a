/** Servers of ClickHouse on this machine, each with a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 60_000

/** Where Debian, and the makers of ClickHouse, put it; undefined where it is not installed. */
export function installedServer(): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin']
  return folders.map((folder) => join(folder, 'clickhouse-server')).find((file) => existsSync(file))
}

export class Servers {
  readonly #file: string
  readonly #folder = mkdtempSync(join(tmpdir(), 'swapcheck-clickhouse-'))
  readonly #ports: number[] = []
  readonly #running: ChildProcess[] = []

  private constructor(file: string) {
    this.#file = file
  }

  static async start(file: string, count: number): Promise<Servers> {
    const servers = new Servers(file)
    const ports = await freePorts(2 * count)
    for (let i = 0; i < count; i++) {
      const [http = 0, tcp = 0] = ports.slice(2 * i)
      servers.#ports.push(http)
      writeConfig(join(servers.#folder, String(i)), http, tcp)
      await servers.restart(i)
    }
    return servers
  }

  get urls(): readonly string[] {
    return this.#ports.map((port) => `http://127.0.0.1:${port}`)
  }

  /** As the option `--store` names the first so many of them. */
  store(count = this.#ports.length): string {
    return `clickhouse:${this.urls.slice(0, count).join()}`
  }

  /** Starts one that was killed, and waits until it answers. */
  async restart(index: number): Promise<void> {
    const folder = join(this.#folder, String(index))
    const child = spawn(this.#file, [`--config-file=${join(folder, 'config.xml')}`], { cwd: folder, stdio: 'ignore' })
    this.#running[index] = child
    const end = performance.now() + PATIENCE_MS
    while (!(await this.#answers(index))) {
      if (child.exitCode !== null || performance.now() > end) throw new Error(`${this.#file} does not start; see ${folder}`)
      await sleep(100)
    }
  }

  /** Drops what searches have left. */
  async clear(): Promise<void> {
    for (const url of this.urls) {
      const answer = await asked(url, "SELECT name FROM system.databases WHERE name LIKE 'swapcheck_%'")
      const names = answer.split('\n').filter((name) => name !== '')
      for (const name of names) await asked(url, `DROP DATABASE ${name}`)
    }
  }

  /** At once, as a power cut would. */
  async kill(index: number): Promise<void> {
    const child = this.#running[index]
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  /** Ends all of them, and removes what they have kept. */
  async end(): Promise<void> {
    for (const i of this.#running.keys()) await this.kill(i)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #answers(index: number): Promise<boolean> {
    try {
      return (await fetch(`${this.urls[index]}/ping`)).ok
    } catch {
      return false
    }
  }
}

/** By a connection of its own: the server closes one that rests while this process waits for a command. */
async function asked(url: string, query: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part) => {
        text += part
      })
      answer.once('end', () => resolve(text)).once('error', reject)
    })
    sent.once('error', reject).end(query)
  })
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => {
    const address = server.address()
    return typeof address === 'object' ? (address?.port ?? 0) : 0
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** The least that a server of 18.16 needs; later ones read `yandex` for `clickhouse`, too. */
function writeConfig(folder: string, http: number, tcp: number): void {
  const [stored, unfinished] = [join(folder, 'stored'), join(folder, 'unfinished')]
  for (const each of [stored, unfinished]) mkdirSync(each, { recursive: true })
  writeFileSync(
    join(folder, 'config.xml'),
    `<yandex>
  <logger><level>error</level><log>${folder}/log</log><errorlog>${folder}/errors</errorlog></logger>
  <listen_host>127.0.0.1</listen_host><http_port>${http}</http_port><tcp_port>${tcp}</tcp_port>
  <path>${stored}/</path><tmp_path>${unfinished}/</tmp_path>
  <mark_cache_size>67108864</mark_cache_size>
  <users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
</yandex>
`,
  )
  writeFileSync(
    join(folder, 'users.xml'),
    `<yandex>
  <profiles><default><max_threads>2</max_threads><max_memory_usage>4000000000</max_memory_usage></default></profiles>
  <users><default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default></users>
  <quotas><default></default></quotas>
</yandex>
`,
  )
}
