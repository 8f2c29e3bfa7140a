/** What is recorded: machines that swap in different ways. */

export interface Variant {
  readonly name: string
  readonly title: string
  readonly devices: readonly ('/dev/vda' | '/dev/vdb' | '/dev/zram0')[]
  /** In kilobytes, each of them. */
  readonly deviceSize: number
  readonly zswap: boolean
  readonly swapoff: boolean
  readonly workers: number
  /** How many of the workers map shared memory. */
  readonly shmem: number
  readonly crowd: boolean
}

const two = { deviceSize: 2048, workers: 3, crowd: false, zswap: false, swapoff: false, shmem: 0 } as const

export const variants: readonly Variant[] = [
  { ...two, name: 'plain', title: 'a virtio disk; swap counts that need their continuation', devices: ['/dev/vda'], crowd: true },
  { ...two, name: 'zram', title: 'zram, which is synchronous', devices: ['/dev/zram0'] },
  {
    ...two,
    name: 'shmem',
    title: 'shared memory on two disks, one of them switched off and on',
    devices: ['/dev/vda', '/dev/vdb'],
    shmem: 2,
    swapoff: true,
  },
  {
    ...two,
    name: 'zswap',
    title: 'zswap with its shrinker on two disks, one of them switched off and on',
    devices: ['/dev/vda', '/dev/vdb'],
    zswap: true,
    swapoff: true,
    shmem: 1,
  },
  {
    ...two,
    name: 'zswap-on-zram',
    title: 'zswap with its shrinker on zram, which is synchronous',
    devices: ['/dev/zram0'],
    zswap: true,
  },
]

/** The variant of that name, or all of them; none where there is none. */
export function variantsCalled(name: string): readonly Variant[] {
  return variants.filter((variant) => name === 'all' || variant.name === name)
}

/** Modules without which they cannot be recorded. */
export function modulesFor(chosen: readonly Variant[]): string[] {
  const isZram = chosen.some(({ devices }) => devices.includes('/dev/zram0'))
  return ['virtio_pci', 'virtio_console', 'virtio_blk', ...(isZram ? ['zram'] : [])]
}
