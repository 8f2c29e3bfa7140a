/** Boots a machine of two processors under emulation, and waits until it is off. */
import { spawn } from 'node:child_process'
import { closeSync, ftruncateSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { RecordingFault } from './recording-fault.js'

export interface Boot {
  readonly vmlinuz: string
  readonly initramfs: string
  /** Where its disks, its console and what comes out of its ports are put. */
  readonly work: string
  /** Names of files in `work`, each with a port of that name in the machine. */
  readonly ports: readonly string[]
  /** Seconds. */
  readonly timeout: number
}

const MEMORY = '256M'
const DISK_BYTES = 64 * 1024 * 1024

/** @throws RecordingFault where it does not come to its end in time */
export async function boot({ vmlinuz, initramfs, work, ports, timeout }: Boot): Promise<void> {
  const console = join(work, 'console')
  const output = openSync(console, 'w')
  const child = spawn(
    'qemu-system-x86_64',
    [...machine(work), ...ports.flatMap((port) => portOf(work, port)), ...kernel(vmlinuz, initramfs)],
    {
      stdio: ['ignore', output, output],
    },
  )
  closeSync(output)
  const timer = setTimeout(() => child.kill('SIGKILL'), timeout * 1000)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', resolve)
  })
  clearTimeout(timer)
  if (code === null) throw new RecordingFault(`the machine was not done within ${timeout} s; its console is in ${console}`)
  if (code !== 0) throw new RecordingFault(`qemu-system-x86_64 ended with status ${code}; see ${console}`)
}

function machine(work: string): string[] {
  const [hardware, cpus] = [
    ['-M', 'q35', '-accel', 'tcg,thread=multi', '-cpu', 'max', '-m', MEMORY],
    ['-smp', '2'],
  ]
  const bare = ['-nographic', '-no-reboot', '-nodefaults', '-serial', 'stdio', '-monitor', 'none', '-device', 'virtio-serial-pci']
  return [...hardware, ...cpus, ...bare, ...['vda', 'vdb'].flatMap((name) => diskOf(work, name))]
}

function diskOf(work: string, name: string): string[] {
  const file = join(work, name)
  const disk = openSync(file, 'w')
  ftruncateSync(disk, DISK_BYTES)
  closeSync(disk)
  return ['-drive', `file=${file},if=none,id=${name},format=raw,cache=unsafe`, '-device', `virtio-blk-pci,drive=${name}`]
}

function portOf(work: string, name: string): string[] {
  return ['-chardev', `file,id=${name},path=${join(work, name)}`, '-device', `virtserialport,chardev=${name},name=${name}`]
}

function kernel(vmlinuz: string, initramfs: string): string[] {
  const words = 'console=ttyS0 quiet nokaslr mitigations=off transparent_hugepage=never panic=-1 maxcpus=1'
  return ['-kernel', vmlinuz, '-initrd', initramfs, '-append', words]
}
