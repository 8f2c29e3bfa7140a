/**
 * `npm run record:kernel -- --kernel linux-image-….deb`: boots a kernel under emulation, lets it swap, and records every change of swap_map.
 *
 * Needs Debian's packages qemu-system-x86, busybox-static, cpio, gcc, libc6-dev, binutils, xz-utils and zstd; says which are missing.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import yargs from 'yargs'
import { exitCodes } from '../exit-code.js'
import { badArguments, Refusal } from '../refusal.js'
import { Btf } from './btf.js'
import { section } from './elf.js'
import { neverHit, placeOf } from './hits.js'
import { buildRoot, packRoot } from './initramfs.js'
import { type KernelImage, openKernel } from './kernel-image.js'
import { boot } from './machine.js'
import { modulesOf } from './modules.js'
import { probesOf } from './probes.js'
import { RecordingFault } from './recording-fault.js'
import { Symbols } from './symbols.js'
import { requireTools } from './tools.js'
import { modulesFor, type Variant, variants, variantsCalled } from './variants.js'
import { writeRecording } from './write-recording.js'

interface Args {
  readonly kernel: string
  readonly variant: string
  readonly out: string
  readonly seed: number
  readonly seconds: number
  readonly pages: number
  readonly timeout: number
  readonly keep: boolean
}

async function main(args: Args): Promise<void> {
  const chosen = variantsCalled(args.variant)
  if (chosen.length === 0)
    throw badArguments(`--variant was given '${args.variant}'; expected ${variants.map(({ name }) => name).join(', ')} or all`)
  requireTools()
  const work = mkdtempSync(join(tmpdir(), 'swapcheck-record-'))
  try {
    const kernel = openKernel(args.kernel, work)
    const root = buildRoot(modulesOf(kernel, modulesFor(chosen)), work)
    const { probes, filters } = await findProbes(kernel, root, work, args.timeout)
    say(`${probes.length} probes found in ${kernel.source}`)
    mkdirSync(args.out, { recursive: true })
    let unhit = probes
    for (const variant of chosen) {
      await record(args, variant, { kernel, root, work, probes, filters })
      unhit = await neverHit(join(work, 'trace'), unhit)
    }
    if (unhit.length > 0) say(`never hit, of ${probes.length} probes: ${unhit.map(placeOf).join(', ')}`)
  } finally {
    if (args.keep) say(`kept: ${work}`)
    else rmSync(work, { recursive: true, force: true })
  }
}

/** Boots the kernel once to read its symbols, which its image does not have. */
async function findProbes({ vmlinux, vmlinuz }: KernelImage, root: string, work: string, timeout: number): Promise<Found> {
  await boot({ vmlinuz, initramfs: packRoot(root, work, { TASK: 'symbols' }), work, ports: ['symbols'], timeout })
  const kallsyms = readFileSync(join(work, 'symbols'), 'latin1')
  // A kernel that panics under emulation reboots, which ends the machine as if all was well.
  if (!kallsyms.endsWith('end\n'))
    throw new RecordingFault(`the machine stopped before it had told its symbols; try again. ${lastWords(work)}`)
  const symbols = new Symbols(kallsyms)
  const btf = new Btf(section(readFileSync(vmlinux), '.BTF'))
  const probes = probesOf({ vmlinux, symbols, btf })
  return { probes: probes.map(({ line }) => line), filters: probes.flatMap(({ filter }) => filter ?? []) }
}

function lastWords(work: string): string {
  const lines = readFileSync(join(work, 'console'), 'latin1')
    .trim()
    .split(/[\r\n]+/)
  return `Its console ends with: ${lines.slice(-LAST_LINES).join(' | ')}`
}

const LAST_LINES = 3

interface Found {
  readonly probes: readonly string[]
  readonly filters: readonly string[]
}

interface Laboratory extends Found {
  readonly kernel: KernelImage
  readonly root: string
  readonly work: string
}

async function record(args: Args, variant: Variant, { kernel, root, work, probes, filters }: Laboratory): Promise<void> {
  const { name, devices, deviceSize, workers, zswap, swapoff, shmem, crowd } = variant
  const workload = [args.seed, args.seconds, workers, args.pages, devices[0], Number(swapoff), shmem, Number(crowd)].join(' ')
  const configuration = {
    TASK: 'record',
    BUFFER: '40000',
    LIMIT: 'max',
    ZSWAP: zswap ? 'Y' : 'N',
    ZSWAPMAX: '48K',
    DEVICES: devices.join(' '),
    DEVICEKB: String(deviceSize),
    WORKLOAD: workload,
  }
  const initramfs = packRoot(root, work, configuration, { probes, filters })
  await boot({ vmlinuz: kernel.vmlinuz, initramfs, work, ports: ['about', 'trace'], timeout: args.timeout })
  const out = join(args.out, `${name}.jsonl.br`)
  const written = await writeRecording(out, {
    trace: join(work, 'trace'),
    about: readFileSync(join(work, 'about'), 'utf8'),
    provenance: { variant: name, package: kernel.source, seed: args.seed, seconds: args.seconds, arguments: workload, probes, cpus: 2 },
  })
  say(`${out}: ${written.toLocaleString('en-US')} events`)
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

const options = yargs(process.argv.slice(2))
  .scriptName('npm run record:kernel --')
  .option('kernel', {
    type: 'string',
    demandOption: true,
    describe: "Debian's package linux-image-….deb, or a folder into which it was unpacked",
  })
  .option('variant', { type: 'string', default: 'all', describe: variants.map(({ name, title }) => `${name}: ${title}`).join('; ') })
  .option('out', { type: 'string', default: '.', describe: 'Write the recordings to this folder' })
  .option('seed', { type: 'number', default: 1, describe: 'Of the workload; the threads interleave differently each time' })
  .option('seconds', { type: 'number', default: 1, describe: 'Of the workload, in the time of the machine' })
  .option('pages', { type: 'number', default: 96, describe: 'Of each worker' })
  .option('timeout', { type: 'number', default: 300, describe: 'Seconds until a machine is given up' })
  .option('keep', { type: 'boolean', default: false, describe: 'Keep the folder in which everything is built' })
  .strict()
  .wrap(120)
  .fail((message, error) => {
    throw error ?? badArguments(`${message}; --help shows the options`)
  })

try {
  await main(await options.parseAsync())
} catch (error) {
  if (!(error instanceof RecordingFault) && !(error instanceof Refusal)) throw error
  say(`record:kernel: ${error.message}`)
  process.exitCode = error instanceof Refusal ? error.code : exitCodes.outOfResources.code
}
