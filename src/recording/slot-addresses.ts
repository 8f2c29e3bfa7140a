/** Tells slots of swap devices by the address of their byte in swap_map. */

interface Device {
  readonly type: number
  readonly map: bigint
  readonly max: number
}

export interface Slot {
  readonly type: number
  readonly offset: number
}

export class SlotAddresses {
  readonly #devices = new Map<number, Device>()

  /**
   * A device was switched on. A device that was there and lies at the same addresses is no longer.
   *
   * @returns whether its map is a new one
   */
  add(device: Device): boolean {
    const isNew = this.#devices.get(device.type)?.map !== device.map
    for (const other of [...this.#devices.values()]) if (overlap(device, other)) this.#devices.delete(other.type)
    this.#devices.set(device.type, device)
    return isNew
  }

  /** @returns undefined where the address is in no map */
  slotAt(address: bigint): Slot | undefined {
    for (const { type, map, max } of this.#devices.values()) {
      if (address >= map && address < map + BigInt(max)) return { type, offset: Number(address - map) }
    }
    return undefined
  }
}

function overlap(a: Device, b: Device): boolean {
  return a.map < b.map + BigInt(b.max) && b.map < a.map + BigInt(a.max)
}

const OFFSET_BITS = 58n

/** A `swp_entry_t` of x86-64. */
export function slotOfEntry(entry: string): Slot {
  const value = BigInt(entry)
  return { type: Number(value >> OFFSET_BITS), offset: Number(value & ((1n << OFFSET_BITS) - 1n)) }
}
